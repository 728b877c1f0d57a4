import type { WidgetGrant } from "@credits-kit/client/widget";
import "../../credits-grants-table/define.ts";
import "../../credits-grants-table/refine.ts";
import "../../list/export.ts";
import type { CreditsGrantsTable } from "../../credits-grants-table/credits-grants-table.ts";
import type { CreditsGrantsTableState } from "../../credits-grants-table/credits-grants-table.types.ts";
import { grantOf, grantsOf, purchaseOf, someGrants } from "../grants.ts";
import { findIn, place, press, type Scene } from "./scene.ts";
import { serve } from "./scene-server.ts";
import { failed, forbidden, stale } from "./states.ts";

const ELEMENT = "credits-grants-table";

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

const STATES: Record<string, () => Partial<CreditsGrantsTable>> = {
  loading: () => ({ state: { type: "loading" } }),
  loaded: () => ({ state: loaded([...someGrants(), overdue()]) }),
  selectable: () => ({ state: loaded(someGrants().slice(0, 3)), selectable: true }),
  grouped: () => ({ state: loaded(), groupBy: "status" }),
  pages: () => ({
    state: { type: "loaded", data: grantsOf(someGrants().slice(0, 4), { nextCursor: "c_2" }) },
  }),
  refreshing: () => ({ state: loaded(someGrants().slice(0, 3), { refreshing: true }) }),
  stale: () => ({ state: loaded(someGrants().slice(0, 3), { stale: stale() }) }),
  empty: () => ({ state: loaded([]) }),
  "none-match": () => ({ state: loaded([]), status: "frozen" }),
  error: () => ({ state: failed }),
  forbidden: () => ({ state: forbidden }),
};

const SHOWS: Record<string, string> = {
  loading: "[part~=skeleton] .visually-hidden, [part~=skeleton]",
  grouped: "[part~=group]",
  empty: "[part~=message]",
  "none-match": "[part~=message]",
  error: "[part~=retry-button]",
  forbidden: "[part~=message]",
};

const attributes = { "time-zone": "UTC" };

export const grantsScenes: Scene[] = [
  ...Object.entries(STATES).map(([name, change]): Scene => ({
    element: ELEMENT,
    name,
    put: async (host) => {
      await place(host, ELEMENT, { attributes, properties: change(), shows: SHOWS[name] ?? "td" });
    },
  })),
  {
    element: ELEMENT,
    name: "filters",
    put: async (host) => {
      const properties = { state: loaded() };
      const element = await place(host, ELEMENT, { attributes, properties, shows: "td" });
      await press(element, "[part~=filters-button]", "[part~=category-filter]");
    },
  },
  {
    element: ELEMENT,
    name: "export-failed",
    put: async (host) => {
      const { server, session } = serve();
      server.answer = ({ pathname }) => {
        if (pathname === "/widget/grants") return Promise.resolve(Response.json(grantsOf()));
        return pathname.endsWith(".csv") ? Promise.reject(new TypeError("Failed to fetch")) : undefined;
      };
      const element = await place(host, ELEMENT, { attributes, properties: session, shows: "td" });
      await press(element, "[part~=export-button]", "[part~=notice]");
      findIn(element, "[part~=export-button]")?.focus();
    },
  },
];
