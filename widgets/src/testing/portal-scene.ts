import type {
  WidgetBilling,
  WidgetForecast,
  WidgetGrants,
  WidgetLedger,
  WidgetNotificationPreferences,
  WidgetUsage,
} from "@credits-kit/client/widget";
import "../credits-adding-card/open-adding-card.ts";
import "../credits-auto-top-up/define.ts";
import "../credits-grants-table/define.ts";
import "../credits-ledger/define.ts";
import "../credits-usage-chart/define.ts";
import "../credits-usage-chart/panel.ts";
import "../chart/plot.ts";
import "../credits-top-up/open-top-up.ts";
import { CreditsUtilizationPortal } from "../credits-utilization-portal/credits-utilization-portal.ts";
import "../credits-utilization-portal/define.ts";
// What a portal loads later is there already: the network of the test runner takes its time.
import "../credits-utilization-portal/forms.ts";
import "../credits-utilization-portal/panel.ts";
import { FakeAutoTopUps } from "./auto-top-ups.ts";
import { settle } from "./fake-clock.ts";
import { type Fault, problem } from "./fake-server.ts";
import { grantsOf } from "./grants.ts";
import { billingOf, ledgerOf, outlookOf, preferencesOf } from "./portal.ts";
import { Stage } from "./stage.ts";
import { usageOf } from "./usage.ts";

/** A change that the portal sent. */
export interface SentCall {
  method: string;
  path: string;
  body: unknown;
}

/** A page with a portal, and a server that knows everything that it shows. */
export class PortalScene {
  readonly stage = new Stage();
  readonly here = location.href;
  readonly autoTopUps: FakeAutoTopUps;
  usage: WidgetUsage = usageOf([{ key: "all", kind: "total", points: [40, 50, 25] }]);
  forecast: WidgetForecast = outlookOf();
  grants: WidgetGrants = grantsOf();
  ledger: WidgetLedger = ledgerOf();
  billing: WidgetBilling = billingOf();
  preferences: WidgetNotificationPreferences = preferencesOf();
  /** What is answered instead: to questions by their path, to changes. */
  readonly faults = new Map<string, Fault>();
  changeFault: Fault | undefined;
  /** What answers to changes wait for, though they were made at once. */
  changesWait: Promise<void> | undefined;
  /** How Stripe's page for a card stands. */
  setupStatus: "open" | "complete" = "open";
  readonly asked: string[] = [];
  readonly sent: SentCall[] = [];

  constructor() {
    const { server } = this.stage;
    server.scopes = ["read", "top_up", "settings"];
    this.autoTopUps = new FakeAutoTopUps(server);
    const { answer } = server;
    server.answer = (url, init) => this.#answer(url, init) ?? answer?.(url, init);
  }

  /** Puts a portal on the page, in UTC, and waits until it is drawn. */
  async put(
    attributes = "",
    change: Partial<CreditsUtilizationPortal> = {},
  ): Promise<CreditsUtilizationPortal> {
    await this.stage.put("");
    const session = "fetchSession" in change || "sessionToken" in change ? "" : 'session-url="/session"';
    const markup = `<credits-utilization-portal time-zone="UTC" ${session} ${attributes}></credits-utilization-portal>`;
    const element = (await this.stage.put(markup)).querySelector("credits-utilization-portal");
    if (!(element instanceof CreditsUtilizationPortal)) throw new Error("no credits-utilization-portal");
    Object.assign(element, change);
    await this.rest();
    return element;
  }

  async rest(): Promise<void> {
    await this.stage.rest();
    await settle();
    await this.stage.rest();
  }

  async strike(): Promise<void> {
    await this.stage.strike();
    history.replaceState(null, "", this.here);
  }

  /** The paths that were asked since the page was made, each with how often. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const url of this.asked) {
      const [path = ""] = url.split("?");
      counts[path] = (counts[path] ?? 0) + 1;
    }
    return counts;
  }

  #answer({ pathname, search }: URL, init: RequestInit): Promise<Response> | undefined {
    const { method = "GET" } = init;
    const answers: Record<string, unknown> = {
      "/widget/usage": this.usage,
      "/widget/forecast": this.forecast,
      "/widget/grants": this.grants,
      "/widget/ledger": this.ledger,
      "/widget/billing": this.billing,
      "/widget/notification-preferences": this.preferences,
    };
    if (method !== "GET" && pathname.startsWith("/widget/")) {
      const answer = this.#change(method, pathname, init);
      return answer && this.changesWait ? this.changesWait.then(() => answer) : answer;
    }
    if (!Object.hasOwn(answers, pathname)) return undefined;
    this.asked.push(pathname + search);
    const fault = this.faults.get(pathname);
    return Promise.resolve(fault ? problem(fault) : Response.json(answers[pathname]));
  }

  #change(method: string, path: string, init: RequestInit): Promise<Response> | undefined {
    if (path.includes("auto-top-ups") || path.includes("top-ups")) return undefined;
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    this.sent.push({ method, path, body });
    if (this.changeFault) return Promise.resolve(problem(this.changeFault));
    if (path.endsWith("/setup"))
      return Promise.resolve(
        Response.json({
          ...{
            id: "cset_1",
            status: this.setupStatus,
            url: "https://checkout.example/c",
            clientSecret: null,
          },
          publishableKey: null,
        }),
      );
    if (path.startsWith("/widget/billing/payment-methods/"))
      return Promise.resolve(this.#changeCards(method, path));
    this.preferences = { ...this.preferences, creditTypes: takenOver(this.preferences, body) };
    return Promise.resolve(Response.json(this.preferences));
  }

  #changeCards(method: string, path: string): Response {
    const [, id] = /payment-methods\/([^/]+)/.exec(path) ?? [];
    const cards = this.billing.paymentMethods ?? [];
    const data =
      method === "DELETE"
        ? cards.filter((card) => card.id !== id)
        : cards.map((card) => ({ ...card, isDefault: card.id === id }));
    this.billing = { ...this.billing, paymentMethods: data };
    return Response.json({ data });
  }
}

interface Sent {
  creditTypes: ({ creditTypeId: string } & Omit<
    WidgetNotificationPreferences["creditTypes"][number],
    "creditType" | "isSet" | "defaultThresholds"
  >)[];
}

function isSent(body: unknown): body is Sent {
  return typeof body === "object" && body !== null && "creditTypes" in body;
}

/** As the server takes it: the whole document. */
function takenOver({ creditTypes }: WidgetNotificationPreferences, body: unknown) {
  const sent = isSent(body) ? body.creditTypes : [];
  return creditTypes.map((type) => {
    const own = sent.find(({ creditTypeId }) => creditTypeId === type.creditType.id);
    const { creditTypeId: _, ...choices } = own ?? { creditTypeId: "" };
    return { ...type, ...choices, isSet: own !== undefined };
  });
}
