import { z } from "zod";
import { columns, columnsOf } from "../resources/export-columns.ts";
import { ledgerEntry, ledgerGroup, MAX_LEDGER_GROUPS } from "../resources/ledger.ts";
import { customerId, id } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
import { widgetActor, widgetGrants, widgetPurchase, widgetSource } from "./grants.ts";

export const widgetLedgerEntry = ledgerEntry
  .pick({
    creditTypeId: true,
    resourceId: true,
    seq: true,
    at: true,
    occurredAt: true,
    type: true,
    delta: true,
    endBalance: true,
    overageChange: true,
  })
  .extend({
    source: widgetSource,
    purchase: widgetPurchase.nullable().meta({ description: "The purchase that the entry is about" }),
    grantIds: z.array(id).meta({ description: "The grants that it drew on or is about" }),
    actor: widgetActor,
    feature: z.object({ id, label: z.string() }).nullable(),
    userId: customerId.nullable().meta({ description: "The customer's user who used the feature" }),
  })
  .meta({ id: "WidgetLedgerEntry", description: "A line of a pool's history as its owner sees it" });
export type WidgetLedgerEntry = z.infer<typeof widgetLedgerEntry>;

export const widgetLedgerGroup = ledgerGroup
  .extend({
    label: z
      .string()
      .nullable()
      .meta({ description: "A feature's name, else the key; null where there is none" }),
  })
  .meta({ id: "WidgetLedgerGroup", description: "A subtotal over all entries that match the filters" });
export type WidgetLedgerGroup = z.infer<typeof widgetLedgerGroup>;

export const widgetLedger = pageOf(widgetLedgerEntry)
  .extend({
    creditTypes: widgetGrants.shape.creditTypes,
    groups: z
      .array(widgetLedgerGroup)
      .max(MAX_LEDGER_GROUPS)
      .optional()
      .meta({ description: "There if and only if `groupBy` is given" }),
  })
  .meta({ id: "WidgetLedger" });
export type WidgetLedger = z.infer<typeof widgetLedger>;

const { maybe, ...always } = columns;

/** The columns of `GET /widget/ledger.csv`. */
export const widgetLedgerColumns = columnsOf(
  z.object({
    at: always.time("When the ledger took it"),
    occurred_at: always.time("When the cause happened"),
    credit_type: always.text("The credit type's name"),
    resource_id: maybe.text("The resource of the pool; empty for the default pool"),
    seq: always.integer("The entry's number in its pool"),
    type: always.name("`granted`, `consumed`, `reversed`, …"),
    source: always.name("`event`, `hold`, `top_up`, …"),
    source_id: maybe.text("The id of that, where the customer knows it"),
    delta: always.credits("What the entry changed of the balance"),
    end_balance: always.credits("The balance after it"),
    feature: maybe.text("The feature's name"),
    user_id: maybe.text("The customer's user who used it"),
    done_by: always.name("`customer`, `host` or `system`"),
    receipt_url: maybe.text("The receipt's page, where it is about a purchase"),
  }),
);
