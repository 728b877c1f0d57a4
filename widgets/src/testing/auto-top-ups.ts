import type { AutoTopUpAttempt, WidgetAutoTopUp, WidgetCardSetup } from "@credits-kit/client/widget";
import { type FakeServer, type Fault, problem } from "./fake-server.ts";
import { FakeTopUps, VISA } from "./top-ups.ts";

const usd = (amountMinor: number) => ({ amountMinor, currency: "usd" });

type Rule = NonNullable<WidgetAutoTopUp["rule"]>;

/** What a person sets first. */
export function ruleOf(change: Partial<Rule> = {}): Rule {
  return {
    enabled: true,
    threshold: "100",
    target: "500",
    credits: null,
    monthlyLimit: usd(5_000),
    grantExpiresAfter: null,
    collectionMethod: "charge_automatically",
    daysUntilDue: null,
    ...change,
  };
}

export function attemptOf(change: Partial<AutoTopUpAttempt> = {}): AutoTopUpAttempt {
  return {
    id: "att_1",
    topUpId: "tu_1",
    status: "succeeded",
    credits: "400",
    total: usd(400),
    paymentMethodId: VISA.id,
    idempotencyKey: null,
    failure: null,
    startedAt: new Date(Date.now() - 300_000).toISOString(),
    settledAt: null,
    ...change,
  };
}

/** An auto top-up that waits; nothing is set where the rule is null. */
export function settingsOf(change: Partial<WidgetAutoTopUp> = {}): WidgetAutoTopUp {
  return {
    creditType: {
      id: "tokens",
      name: "AI Tokens",
      symbol: null,
      unit: { singular: "token", plural: "tokens" },
    },
    resourceId: null,
    rule: ruleOf(),
    state: "active",
    spentThisMonth: usd(1_200),
    inFlight: null,
    lastAttempt: null,
    suspendedReason: null,
    actionUrl: null,
    nextTryAt: null,
    spentPercent: 24,
    card: VISA,
    problem: null,
    currency: "usd",
    currencies: ["usd"],
    min: "100",
    max: "50000",
    publishableKey: null,
    ...change,
  };
}

/** Each of the things that an auto top-up can be at, as the server tells them. */
export function standings(): Record<string, Partial<WidgetAutoTopUp>> {
  const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
  const message = "The card was declined.";
  return {
    active: { lastAttempt: attemptOf() },
    off: { rule: ruleOf({ enabled: false }), lastAttempt: attemptOf() },
    unlimited: { rule: ruleOf({ monthlyLimit: null, target: null, credits: "500" }), spentPercent: null },
    nearLimit: { spentThisMonth: usd(4_400), spentPercent: 88, lastAttempt: attemptOf() },
    inFlight: {
      state: "in_flight",
      inFlight: { credits: "400", total: usd(400), invoice: null },
      lastAttempt: attemptOf({ status: "in_flight" }),
      spentPercent: 32,
    },
    coolingDown: { state: "cooling_down", nextTryAt: soon(45_000), lastAttempt: attemptOf() },
    failed: {
      state: "cooling_down",
      nextTryAt: soon(3_000_000),
      lastAttempt: attemptOf({ status: "failed" }),
      problem: { code: "insufficient_funds", message, remedy: "wait" },
    },
    actionRequired: {
      state: "action_required",
      inFlight: { credits: "400", total: usd(400), invoice: null },
      actionUrl: "https://credits.example/stripe/confirm?top_up=tu_1",
      lastAttempt: attemptOf({ status: "action_required" }),
      problem: { code: "authentication_required", message, remedy: "confirm_payment" },
    },
    limitReached: {
      state: "limit_reached",
      spentThisMonth: usd(4_800),
      spentPercent: 96,
      lastAttempt: attemptOf(),
      problem: { code: "limit_reached", message, remedy: "raise_limit" },
    },
    suspended: {
      state: "suspended",
      suspendedReason: "card_unusable",
      lastAttempt: attemptOf({ status: "failed" }),
      problem: { code: "card_unusable", message, remedy: "add_card" },
    },
    resumable: {
      state: "suspended",
      suspendedReason: "refused",
      problem: { code: "refused", message, remedy: "resume" },
    },
    noCard: { card: null, problem: { code: "no_card", message, remedy: "add_card" } },
  };
}

/** What the element sends. */
export interface SentChange {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** The routes of auto top-ups, in front of a fake server: one pool, which a test moves on. */
export class FakeAutoTopUps {
  settings = settingsOf({ rule: null, card: null, spentPercent: null });
  setup: WidgetCardSetup = {
    id: "cset_1",
    status: "open",
    url: "https://checkout.example/cset_1",
    clientSecret: null,
    publishableKey: null,
  };
  /** What is answered instead: to all, or to changes. */
  fault: Fault | undefined;
  changeFault: (Fault & { errors?: { path: string; code: string; message: string }[] }) | "lost" | undefined;
  reads = 0;
  readonly sent: SentChange[] = [];
  /** Prices, as for buying by hand. */
  readonly topUps: FakeTopUps;

  constructor(server: FakeServer) {
    this.topUps = new FakeTopUps(server);
    const { answer } = server;
    server.answer = (url, init) => this.#answer(url, init) ?? answer?.(url, init);
  }

  /** It is so now. */
  move(change: Partial<WidgetAutoTopUp>): void {
    this.settings = { ...this.settings, ...change };
  }

  #answer({ pathname }: URL, init: RequestInit): Promise<Response> | undefined {
    if (!pathname.includes("/widget/auto-top-ups/")) return undefined;
    if (this.fault) return Promise.resolve(problem(this.fault));
    const { method = "GET" } = init;
    if (method === "GET") {
      this.reads += 1;
      return Promise.resolve(Response.json(this.settings));
    }
    return this.#change(method, pathname, init);
  }

  async #change(method: string, path: string, init: RequestInit): Promise<Response> {
    const read: (text: string) => SentChange["body"] = JSON.parse;
    const body = typeof init.body === "string" ? read(init.body) : {};
    this.sent.push({ method, path: path.replace("/widget/auto-top-ups", ""), body });
    const fault = this.changeFault;
    if (fault === "lost") throw new TypeError("Failed to fetch");
    if (fault) return problem(fault);
    if (path.endsWith("/setup")) {
      const isEmbedded = body["uiMode"] === "embedded";
      const secret = isEmbedded ? { clientSecret: "seti_1_secret", url: null } : {};
      return Response.json({ ...this.setup, ...secret }, { status: 201 });
    }
    if (method === "DELETE") this.move({ rule: null, spentPercent: null, problem: null, state: "active" });
    if (method === "POST") this.move({ state: "active", problem: null, suspendedReason: null });
    if (method === "PUT") this.move({ rule: takenOver(body) });
    return Response.json(this.settings);
  }
}

function takenOver(body: SentChange["body"]): Rule {
  const nothing = { target: null, credits: null, monthlyLimit: null };
  const { consent: _consent, ...rule } = body;
  return { ...ruleOf(), ...nothing, ...rule };
}
