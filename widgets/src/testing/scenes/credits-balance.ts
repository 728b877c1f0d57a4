import "../../credits-auto-top-up/entry.ts";
import "../../credits-balance/define.ts";
import "../../credits-balance/late.ts";
import type { CreditsBalance } from "../../credits-balance/credits-balance.ts";
import type { CreditsBalanceState } from "../../credits-balance/credits-balance.types.ts";
import { FakeAutoTopUps, settingsOf } from "../auto-top-ups.ts";
import { balancesOf, poolOf } from "../balances.ts";
import { inDays } from "../grants.ts";
import { ledgerOf } from "../ledger.ts";
import { findIn, place, type Scene, until } from "./scene.ts";
import { serve } from "./scene-server.ts";
import { failed, forbidden, offline, stale } from "./states.ts";

const ELEMENT = "credits-balance";

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

const STATES: Record<string, () => CreditsBalanceState> = {
  loading: () => ({ type: "loading" }),
  empty: () => ({ type: "empty", canTopUp: true }),
  loaded: () => loaded({ held: "40", nextExpiry: soon() }),
  "top-up-pending": () => loaded({ available: "85", pending: "500", scheduled: "20" }),
  low: () => loaded({ available: "96.5", used: "1903.5", low: true, runsOutAt: inDays(3.5) }),
  depleted: () => loaded({ available: "0", used: "2000" }),
  recurring: () => loaded({ nextRefreshAt: inDays(9.5) }),
  negative: () => loaded({ available: "-35", balance: "-35", overage: "35", used: "2035" }),
  "long-figure": () => loaded({ available: "1234567890123.123456", granted: "2000000000000" }),
  "several-pools": () => loaded({}, images, { resourceId: "project-alpha", available: "410" }),
  stale: () => ({ type: "loaded", canTopUp: true, pools: [poolOf()], stale: stale() }),
  error: () => failed,
  retrying: () => ({ ...offline, retrying: true }),
  offline: () => offline,
  forbidden: () => forbidden,
};

/** Those that look different as a bar of what was used, and in one line. */
const UTILIZATION = ["loading", "loaded", "low", "several-pools"];

const COMPACT = ["loading", "empty", "loaded", "low", "negative", "several-pools", "stale", "error"];

function sceneOf(
  name: string,
  state: () => CreditsBalanceState,
  change: Partial<CreditsBalance> = {},
): Scene {
  const put = async (host: HTMLElement) => {
    await place(host, ELEMENT, { properties: { state: state(), ...change } });
  };
  return { element: ELEMENT, name, put };
}

export const balanceScenes: Scene[] = [
  ...Object.entries(STATES).map(([name, state]) => sceneOf(name, state)),
  ...Object.entries(STATES)
    .filter(([name]) => COMPACT.includes(name))
    .map(([name, state]) => sceneOf(`compact-${name}`, state, { variant: "compact" })),
  ...Object.entries(STATES)
    .filter(([name]) => UTILIZATION.includes(name))
    .map(([name, state]) => sceneOf(`utilization-${name}`, state, { variant: "utilization" })),
  sceneOf("without-top-up", () => loaded({}), { topUp: "off" }),
  {
    element: ELEMENT,
    name: "with-slots",
    put: async (host) => {
      const heading = document.createElement("h3");
      heading.slot = "header";
      heading.append("Your credits");
      const link = document.createElement("a");
      link.slot = "actions";
      link.href = "#plans";
      link.append("Compare plans");
      await place(host, ELEMENT, { properties: { state: loaded({}) }, children: [heading, link] });
    },
  },
  {
    element: ELEMENT,
    name: "auto-top-up-on",
    put: async (host) => {
      const { server, session } = serve();
      server.scopes = ["read", "top_up", "settings"];
      server.balances = balancesOf([poolOf()]);
      new FakeAutoTopUps(server).settings = settingsOf();
      const element = await place(host, ELEMENT, { properties: session });
      await until("the way to the auto top-up", () =>
        element.shadowRoot?.querySelector("credits-auto-top-up-entry")?.shadowRoot?.querySelector("button"),
      );
    },
  },
  {
    element: ELEMENT,
    name: "history",
    put: async (host) => {
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
    },
  },
  {
    element: ELEMENT,
    name: "focused",
    put: async (host) => {
      const element = await place(host, ELEMENT, { properties: { state: loaded({}) } });
      element.shadowRoot?.querySelector("button")?.focus();
    },
  },
];
