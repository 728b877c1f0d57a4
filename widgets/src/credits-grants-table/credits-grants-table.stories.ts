import type { WidgetGrant } from "@credits-kit/client/widget";
import "./define.ts";
import "./refine.ts";
import "../list/export.ts";
import type { CreditsGrantsTable } from "./credits-grants-table.ts";
import type { CreditsGrantsTableState } from "./credits-grants-table.types.ts";
import { grantOf, grantsOf, purchaseOf, someGrants } from "../testing/grants.ts";
import { findIn, place, press } from "../testing/scenes/scene.ts";
import { serve } from "../testing/scenes/scene-server.ts";
import { failed, forbidden, stale } from "../testing/scenes/states.ts";
import { story } from "../testing/scenes/story.ts";

const ELEMENT = "credits-grants-table";

export default { title: "Elements/credits-grants-table", component: ELEMENT };

export const Playground = { tags: ["playground"] };

const overdue = (): WidgetGrant => {
  const invoice = {
    ...{ id: "in_2", status: "open", number: "LUM-0041", url: "https://pay.example/invoice", pdfUrl: null },
    ...{ dueAt: grantOf().createdAt, isOverdue: true },
  };
  const purchase = purchaseOf({ status: "awaiting_payment", payUrl: invoice.url, receiptUrl: null, invoice });
  return grantOf({ id: "gr_9", status: "payment_pending", remaining: "500", purchase });
};

const loaded = (
  grants: WidgetGrant[] = someGrants(),
  change: Partial<Extract<CreditsGrantsTableState, { type: "loaded" }>> = {},
): CreditsGrantsTableState => ({ type: "loaded", data: grantsOf(grants), ...change });

const attributes = { "time-zone": "UTC" };

/** What an element shows that has these properties, and what is there once all of it is. */
const show = (change: () => Partial<CreditsGrantsTable>, shows = "td") =>
  story(async (host) => {
    await place(host, ELEMENT, { attributes, properties: change(), shows });
  });

export const Loading = show(
  () => ({ state: { type: "loading" } }),
  "[part~=skeleton] .visually-hidden, [part~=skeleton]",
);
export const Loaded = show(() => ({ state: loaded([...someGrants(), overdue()]) }));
export const Selectable = show(() => ({ state: loaded(someGrants().slice(0, 3)), selectable: true }));
export const Grouped = show(() => ({ state: loaded(), groupBy: "status" }), "[part~=group]");
export const Pages = show(() => ({
  state: { type: "loaded", data: grantsOf(someGrants().slice(0, 4), { nextCursor: "c_2" }) },
}));
export const Refreshing = show(() => ({ state: loaded(someGrants().slice(0, 3), { refreshing: true }) }));
export const Stale = show(() => ({ state: loaded(someGrants().slice(0, 3), { stale: stale() }) }));
export const Empty = show(() => ({ state: loaded([]) }), "[part~=message]");
export const NoneMatch = show(() => ({ state: loaded([]), status: "frozen" }), "[part~=message]");
export const Error = show(() => ({ state: failed }), "[part~=retry-button]");
export const Forbidden = show(() => ({ state: forbidden }), "[part~=message]");

export const Filters = story(async (host) => {
  const properties = { state: loaded() };
  const element = await place(host, ELEMENT, { attributes, properties, shows: "td" });
  await press(element, "[part~=filters-button]", "[part~=category-filter]");
});

export const ExportFailed = story(async (host) => {
  const { server, session } = serve();
  server.answer = ({ pathname }) => {
    if (pathname === "/widget/grants") return Promise.resolve(Response.json(grantsOf()));
    return pathname.endsWith(".csv") ? Promise.reject(new TypeError("Failed to fetch")) : undefined;
  };
  const element = await place(host, ELEMENT, { attributes, properties: session, shows: "td" });
  await press(element, "[part~=export-button]", "[part~=notice]");
  findIn(element, "[part~=export-button]")?.focus();
});
