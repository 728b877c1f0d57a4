import type { WidgetBalance } from "@credits-kit/client/widget";
import "../credits-auto-top-up/define.ts";
import "../credits-grants-table/define.ts";
import "../credits-ledger/define.ts";
import "../credits-usage-chart/define.ts";
import "./define.ts";
import "./forms.ts";
import "./panel.ts";
import type { CreditsUtilizationPortal } from "./credits-utilization-portal.ts";
import { settingsOf } from "../testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { type Fault, problem } from "../testing/fake-server.ts";
import { grantOf, grantsOf, inDays, purchaseOf, someGrants } from "../testing/grants.ts";
import { billingOf, ledgerOf, outlookOf, preferencesOf } from "../testing/portal.ts";
import { offerOf } from "../testing/top-ups.ts";
import { usageOf } from "../testing/usage.ts";
import { place, press } from "../testing/scenes/scene.ts";
import { serve } from "../testing/scenes/scene-server.ts";
import { story } from "../testing/scenes/story.ts";

const ELEMENT = "credits-utilization-portal";

export default { title: "Elements/credits-utilization-portal", component: ELEMENT };

export const Playground = { tags: ["playground"] };

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

/** A portal whose server tells what this one needs. */
const show = (look: Look) =>
  story(async (host) => {
    const { tab = "overview", pools = () => [poolOf({ nextRefreshAt: inDays(9) })], shows } = look;
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
  });

export const Loading = show({ isLoading: true, shows: "[part~=skeleton]" });
export const Overview = show({ shows: "[part~=trend]" });
export const Alerts = show({ pools: troubled, answers: unpaid, shows: "[part~=alert]:nth-child(4)" });
export const Over = show({ pools: () => [poolOf({ available: "-35" })], shows: "[part~=trend]" });
export const Empty = show({ pools: () => [], shows: "[part~=message]" });
export const Error = show({ fault: { status: 500, code: "internal" }, shows: "[part~=retry-button]" });
export const Forbidden = show({ fault: { status: 403, code: "forbidden" }, shows: "[part~=message]" });
export const Stale = show({
  shows: "[part~=trend]",
  act: (element) => {
    const pools = balancesOf([poolOf()], { canChangeSettings: true });
    const stale = { sinceMs: Date.now() - 150_000, retryable: true, retrying: false };
    element.hubChanged({ type: "ready", pools, stale });
  },
});
export const Billing = show({ tab: "billing", shows: "[part~=card-button]" });
export const BillingFailed = show({
  tab: "billing",
  answers: () => ({
    billing: billingOf({ documents: { ...billingOf().documents, nextCursor: "c_2" } }),
  }),
  shows: "[part~=card-button]",
  act: (element) => press(element, "[part~=card-button]:not([data-card])", "[part~=notice]:not(:empty)"),
});
export const Settings = show({ tab: "settings", shows: "[part~=choice]" });
