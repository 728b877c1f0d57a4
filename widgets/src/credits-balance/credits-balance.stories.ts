import "../credits-auto-top-up/entry.ts";
import "./define.ts";
import "./late.ts";
import type { CreditsBalance } from "./credits-balance.ts";
import type { CreditsBalanceState } from "./credits-balance.types.ts";
import { FakeAutoTopUps, settingsOf } from "../testing/auto-top-ups.ts";
import { balancesOf, poolOf } from "../testing/balances.ts";
import { inDays } from "../testing/grants.ts";
import { ledgerOf } from "../testing/ledger.ts";
import { findIn, place, until } from "../testing/scenes/scene.ts";
import { serve } from "../testing/scenes/scene-server.ts";
import { failed, forbidden, offline, stale } from "../testing/scenes/states.ts";
import { type Story, story } from "../testing/scenes/story.ts";

const ELEMENT = "credits-balance";

export default { title: "Elements/credits-balance", component: ELEMENT };

export const Playground = { tags: ["playground"] };

type Pool = NonNullable<Parameters<typeof poolOf>[0]>;

const loaded = (...pools: Pool[]): CreditsBalanceState => ({
  type: "loaded",
  canTopUp: true,
  pools: pools.map(poolOf),
});

const soon = () => ({ at: inDays(6.5), amount: "120" });

const images: Pool = {
  ...{ creditTypeId: "images", name: "Images", unit: { singular: "image", plural: "images" } },
  ...{ available: "34", granted: "250", used: "216", low: true },
};

const states = {
  loading: () => ({ type: "loading" }),
  empty: () => ({ type: "empty", canTopUp: true }),
  loaded: () => loaded({ held: "40", nextExpiry: soon() }),
  topUpPending: () => loaded({ available: "85", pending: "500", scheduled: "20" }),
  low: () => loaded({ available: "96.5", used: "1903.5", low: true, runsOutAt: inDays(3.5) }),
  depleted: () => loaded({ available: "0", used: "2000" }),
  recurring: () => loaded({ nextRefreshAt: inDays(9.5) }),
  negative: () => loaded({ available: "-35", balance: "-35", overage: "35", used: "2035" }),
  longFigure: () => loaded({ available: "1234567890123.123456", granted: "2000000000000" }),
  severalPools: () => loaded({}, images, { resourceId: "project-alpha", available: "410" }),
  stale: () => ({ type: "loaded", canTopUp: true, pools: [poolOf()], stale: stale() }),
  error: () => failed,
  retrying: () => ({ ...offline, retrying: true }),
  offline: () => offline,
  forbidden: () => forbidden,
} satisfies Record<string, () => CreditsBalanceState>;

/** A state as it comes, or in another variant. */
function show(state: () => CreditsBalanceState, change: Partial<CreditsBalance> = {}): Story {
  return story(async (host) => {
    await place(host, ELEMENT, { properties: { state: state(), ...change } });
  });
}

const compact = { variant: "compact" } as const;
const utilization = { variant: "utilization" } as const;

export const Loading = show(states.loading);
export const Empty = show(states.empty);
export const Loaded = show(states.loaded);
export const TopUpPending = show(states.topUpPending);
export const Low = show(states.low);
export const Depleted = show(states.depleted);
export const Recurring = show(states.recurring);
export const Negative = show(states.negative);
export const LongFigure = show(states.longFigure);
export const SeveralPools = show(states.severalPools);
export const Stale = show(states.stale);
export const Error = show(states.error);
export const Retrying = show(states.retrying);
export const Offline = show(states.offline);
export const Forbidden = show(states.forbidden);
export const CompactLoading = show(states.loading, compact);
export const CompactEmpty = show(states.empty, compact);
export const CompactLoaded = show(states.loaded, compact);
export const CompactLow = show(states.low, compact);
export const CompactNegative = show(states.negative, compact);
export const CompactSeveralPools = show(states.severalPools, compact);
export const CompactStale = show(states.stale, compact);
export const CompactError = show(states.error, compact);
export const UtilizationLoading = show(states.loading, utilization);
export const UtilizationLoaded = show(states.loaded, utilization);
export const UtilizationLow = show(states.low, utilization);
export const UtilizationSeveralPools = show(states.severalPools, utilization);
export const WithoutTopUp = show(() => loaded({}), { topUp: "off" });

export const WithSlots = story(async (host) => {
  const heading = document.createElement("h3");
  heading.slot = "header";
  heading.append("Your credits");
  const link = document.createElement("a");
  link.slot = "actions";
  link.href = "#plans";
  link.append("Compare plans");
  await place(host, ELEMENT, { properties: { state: loaded({}) }, children: [heading, link] });
});

export const AutoTopUpOn = story(async (host) => {
  const { server, session } = serve();
  server.scopes = ["read", "top_up", "settings"];
  server.balances = balancesOf([poolOf()]);
  new FakeAutoTopUps(server).settings = settingsOf();
  const element = await place(host, ELEMENT, { properties: session });
  await until("the way to the auto top-up", () =>
    element.shadowRoot?.querySelector("credits-auto-top-up-entry")?.shadowRoot?.querySelector("button"),
  );
});

export const History = story(async (host) => {
  const { server, session } = serve();
  server.balances = balancesOf([poolOf()]);
  server.answer = ({ pathname }) =>
    pathname === "/widget/ledger" ? Promise.resolve(Response.json(ledgerOf())) : undefined;
  const properties = { ...session, historyUrl: "#ledger", timeZone: "UTC" };
  const element = await place(host, ELEMENT, { properties, shows: "button[part~=history]:enabled" });
  findIn(element, "[part~=history]")?.click();
  await until("the history", () => {
    const popover = findIn(element, "[part~=history-popover]");
    return popover && findIn(popover, "[part~=history-entry]");
  });
});

export const Focused = story(async (host) => {
  const element = await place(host, ELEMENT, { properties: { state: loaded({}) } });
  element.shadowRoot?.querySelector("button")?.focus();
});
