import "../../credits-ledger/define.ts";
import "../../credits-ledger/refine.ts";
import "../../list/export.ts";
import type { CreditsLedger } from "../../credits-ledger/credits-ledger.ts";
import type { CreditsLedgerState } from "../../credits-ledger/credits-ledger.types.ts";
import { entryOf, IMAGES, ledgerOf, someEntries } from "../ledger.ts";
import { findIn, place, press, type Scene } from "./scene.ts";
import { serve } from "./scene-server.ts";
import { failed, forbidden, stale } from "./states.ts";

const ELEMENT = "credits-ledger";

const loaded = (
  change: Parameters<typeof ledgerOf>[1] = {},
  more: Partial<Extract<CreditsLedgerState, { type: "loaded" }>> = {},
): CreditsLedgerState => ({ type: "loaded", data: ledgerOf(someEntries(), change), ...more });

const severalTypes = (): CreditsLedgerState => {
  const images = entryOf({ creditTypeId: "images", delta: "-1", endBalance: "-3" });
  const data = ledgerOf([images, ...someEntries()], { creditTypes: [...ledgerOf().creditTypes, IMAGES] });
  return { type: "loaded", data };
};

const STATES: Record<string, () => Partial<CreditsLedger>> = {
  loading: () => ({ state: { type: "loading" } }),
  loaded: () => ({ state: loaded() }),
  "several-types": () => ({ state: severalTypes(), groupBy: "feature" }),
  pages: () => ({ state: loaded({ nextCursor: "c_2" }), groupBy: "day" }),
  refreshing: () => ({ state: loaded({}, { refreshing: true }) }),
  stale: () => ({ state: loaded({}, { stale: stale() }) }),
  empty: () => ({ state: { type: "loaded", data: ledgerOf([]) } }),
  "none-match": () => ({ state: { type: "loaded", data: ledgerOf([]) }, type: "frozen" }),
  error: () => ({ state: failed }),
  forbidden: () => ({ state: forbidden }),
};

const SHOWS: Record<string, string> = {
  loading: "[part~=skeleton] .visually-hidden, [part~=skeleton]",
  "several-types": "[part~=group]",
  pages: "[part~=group]",
  empty: "[part~=message]",
  "none-match": "[part~=message]",
  error: "[part~=retry-button]",
  forbidden: "[part~=message]",
};

const attributes = { "time-zone": "UTC" };

export const ledgerScenes: Scene[] = [
  ...Object.entries(STATES).map(([name, change]): Scene => ({
    element: ELEMENT,
    name,
    put: async (host) => {
      await place(host, ELEMENT, { attributes, properties: change(), shows: SHOWS[name] ?? "td" });
    },
  })),
  {
    element: ELEMENT,
    name: "form",
    put: async (host) => {
      const element = await place(host, ELEMENT, {
        attributes,
        properties: { state: loaded() },
        shows: "td",
      });
      await press(element, "[part~=filters-button]", "[part~=filters]");
    },
  },
  {
    element: ELEMENT,
    name: "of-grant-export-failed",
    put: async (host) => {
      const { server, session } = serve();
      server.answer = ({ pathname }) => {
        if (pathname === "/widget/ledger") return Promise.resolve(Response.json(ledgerOf()));
        return pathname.endsWith(".csv") ? Promise.reject(new TypeError("Failed to fetch")) : undefined;
      };
      const properties = { ...session, grant: "gr_1" };
      const element = await place(host, ELEMENT, { attributes, properties, shows: "td" });
      await press(element, "[part~=filters-button]", "[part~=grant-filter]");
      await press(element, "[part~=export-button]", "[part~=notice]");
      findIn(element, "[part~=export-button]")?.focus();
    },
  },
];
