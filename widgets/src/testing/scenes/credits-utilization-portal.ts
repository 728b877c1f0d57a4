import type { WidgetBalance } from "@credits-kit/client/widget";
import "../../credits-auto-top-up/define.ts";
import "../../credits-grants-table/define.ts";
import "../../credits-ledger/define.ts";
import "../../credits-usage-chart/define.ts";
import "../../credits-utilization-portal/define.ts";
import "../../credits-utilization-portal/forms.ts";
import "../../credits-utilization-portal/panel.ts";
import type { CreditsUtilizationPortal } from "../../credits-utilization-portal/credits-utilization-portal.ts";
import { settingsOf } from "../auto-top-ups.ts";
import { balancesOf, poolOf } from "../balances.ts";
import { type Fault, problem } from "../fake-server.ts";
import { grantOf, grantsOf, inDays, purchaseOf, someGrants } from "../grants.ts";
import { billingOf, ledgerOf, outlookOf, preferencesOf } from "../portal.ts";
import { offerOf } from "../top-ups.ts";
import { usageOf } from "../usage.ts";
import { place, press, type Scene } from "./scene.ts";
import { serve } from "./scene-server.ts";

const ELEMENT = "credits-utilization-portal";

/** What a scene has of its own; the rest is a customer's who lacks nothing. */
interface Look {
  tab?: string;
  pools?: () => WidgetBalance[];
  answers?: () => Record<string, unknown>;
  fault?: Fault;
  isLoading?: boolean;
  shows: string;
  /** What happens then. */
  act?(element: CreditsUtilizationPortal): Promise<void> | void;
}

const month = Array.from({ length: 30 }, (_, day) => 12 + ((day * 29) % 41));

const answersOf = (): Record<string, unknown> => ({
  usage: usageOf([{ key: "all", kind: "total", points: month }]),
  forecast: outlookOf(),
  grants: grantsOf([grantOf(), ...someGrants().slice(1, 2), grantOf({ expiresAt: inDays(120) })]),
  ledger: ledgerOf(),
  billing: billingOf(),
  "notification-preferences": preferencesOf(),
  "auto-top-ups/tokens": settingsOf(),
  "top-ups/quote": offerOf(),
});

const troubled = () => {
  const nextExpiry = { at: inDays(3), amount: "20" };
  return [
    poolOf({ available: "90", low: true, autoTopUp: "stopped", pending: "250", held: "10", nextExpiry }),
    poolOf({ resourceId: "team", available: "5" }),
  ];
};

const unpaid = () => {
  const invoice = {
    ...{ id: "in_1", status: "open", number: "LUM-0042", url: null, pdfUrl: null, dueAt: null },
    isOverdue: true,
  };
  const purchase = purchaseOf({ payUrl: "https://pay.example/in_1", invoice });
  return { grants: grantsOf([grantOf({ status: "payment_pending", purchase })]) };
};

const LOOKS: Record<string, Look> = {
  loading: { isLoading: true, shows: "[part~=skeleton]" },
  overview: { shows: "[part~=trend]" },
  alerts: { pools: troubled, answers: unpaid, shows: "[part~=alert]:nth-child(4)" },
  over: { pools: () => [poolOf({ available: "-35" })], shows: "[part~=trend]" },
  empty: { pools: () => [], shows: "[part~=message]" },
  error: { fault: { status: 500, code: "internal" }, shows: "[part~=retry-button]" },
  forbidden: { fault: { status: 403, code: "forbidden" }, shows: "[part~=message]" },
  stale: {
    shows: "[part~=trend]",
    act: (element) => {
      const pools = balancesOf([poolOf()], { canChangeSettings: true });
      const stale = { sinceMs: Date.now() - 150_000, retryable: true, retrying: false };
      element.hubChanged({ type: "ready", pools, stale });
    },
  },
  billing: { tab: "billing", shows: "[part~=card-button]" },
  "billing-failed": {
    tab: "billing",
    answers: () => ({
      billing: billingOf({ documents: { ...billingOf().documents, nextCursor: "c_2" } }),
    }),
    shows: "[part~=card-button]",
    act: (element) => press(element, "[aria-label^='Make default']", "[part~=notice]:not(:empty)"),
  },
  settings: { tab: "settings", shows: "[part~=choice]" },
};

export const portalScenes: Scene[] = Object.entries(LOOKS).map(([name, look]): Scene => {
  const { tab = "overview", pools = () => [poolOf({ nextRefreshAt: inDays(9) })], shows } = look;
  return {
    element: ELEMENT,
    name,
    put: async (host) => {
      const { server, session } = serve();
      server.scopes = ["read", "top_up", "settings"];
      server.balances = balancesOf(pools());
      server.fault = look.fault;
      const answers = { ...answersOf(), ...look.answers?.() };
      server.answer = ({ pathname }) => {
        const path = pathname.replace("/widget/", "");
        if (path === "stream") return undefined;
        const found = Object.hasOwn(answers, path);
        return Promise.resolve(
          found ? Response.json(answers[path]) : problem({ status: 404, code: "not_found" }),
        );
      };
      const hanging =
        look.isLoading === true ? { fetchSession: () => new Promise<never>(() => undefined) } : {};
      const attributes = { "time-zone": "UTC", tab };
      const element = await place(host, ELEMENT, {
        attributes,
        properties: { ...session, ...hanging },
        shows,
      });
      await look.act?.(element);
      await element.updateComplete;
    },
  };
});
