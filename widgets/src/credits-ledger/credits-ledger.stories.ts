import "./define.ts";
import "./refine.ts";
import "../list/export.ts";
import type { CreditsLedger } from "./credits-ledger.ts";
import type { CreditsLedgerState } from "./credits-ledger.types.ts";
import { entryOf, IMAGES, ledgerOf, someEntries } from "../testing/ledger.ts";
import { findIn, place, press } from "../testing/scenes/scene.ts";
import { serve } from "../testing/scenes/scene-server.ts";
import { failed, forbidden, stale } from "../testing/scenes/states.ts";
import { story } from "../testing/scenes/story.ts";

const ELEMENT = "credits-ledger";

export default { title: "Elements/credits-ledger", component: ELEMENT };

export const Playground = { tags: ["playground"] };

const loaded = (
  change: Parameters<typeof ledgerOf>[1] = {},
  more: Partial<Extract<CreditsLedgerState, { type: "loaded" }>> = {},
): CreditsLedgerState => ({ type: "loaded", data: ledgerOf(someEntries(), change), ...more });

const severalTypes = (): CreditsLedgerState => {
  const images = entryOf({ creditTypeId: "images", delta: "-1", endBalance: "-3" });
  const data = ledgerOf([images, ...someEntries()], { creditTypes: [...ledgerOf().creditTypes, IMAGES] });
  return { type: "loaded", data };
};

const attributes = { "time-zone": "UTC" };

/** What an element shows that has these properties, and what is there once all of it is. */
const show = (change: () => Partial<CreditsLedger>, shows = "td") =>
  story(async (host) => {
    await place(host, ELEMENT, { attributes, properties: change(), shows });
  });

export const Loading = show(
  () => ({ state: { type: "loading" } }),
  "[part~=skeleton] .visually-hidden, [part~=skeleton]",
);
export const Loaded = show(() => ({ state: loaded() }));
export const SeveralTypes = show(() => ({ state: severalTypes(), groupBy: "feature" }), "[part~=group]");
export const Pages = show(() => ({ state: loaded({ nextCursor: "c_2" }), groupBy: "day" }), "[part~=group]");
export const Refreshing = show(() => ({ state: loaded({}, { refreshing: true }) }));
export const Stale = show(() => ({ state: loaded({}, { stale: stale() }) }));
export const Empty = show(() => ({ state: { type: "loaded", data: ledgerOf([]) } }), "[part~=message]");
export const NoneMatch = show(
  () => ({ state: { type: "loaded", data: ledgerOf([]) }, type: "frozen" }),
  "[part~=message]",
);
export const Error = show(() => ({ state: failed }), "[part~=retry-button]");
export const Forbidden = show(() => ({ state: forbidden }), "[part~=message]");

export const Form = story(async (host) => {
  const element = await place(host, ELEMENT, {
    attributes,
    properties: { state: loaded() },
    shows: "td",
  });
  await press(element, "[part~=filters-button]", "[part~=filters]");
});

export const OfGrantExportFailed = story(async (host) => {
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
});
