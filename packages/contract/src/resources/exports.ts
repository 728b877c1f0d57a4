import { z } from "zod";
import { columns, columnsOf, type ExportColumn } from "./export-columns.ts";

export type { ColumnType, ExportColumn } from "./export-columns.ts";

/** What can be exported. */
export const EXPORT_KINDS = ["ledger", "grants", "allocations", "usage", "revenue"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

export const EXPORT_FORMATS = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The header of an export's answer that carries the cursor for the next one. */
export const EXPORT_CURSOR_HEADER = "Credits-Cursor";
/** The trailer of an export's answer that says how many rows there were. */
export const EXPORT_ROWS_TRAILER = "Credits-Rows";

const { maybe, ...always } = columns;

/** Whose pool a row is about. */
const pool = {
  customer_id: always.text("The customer"),
  credit_type_id: always.text("The credit type of the pool"),
  resource_id: maybe.text("The resource of the pool; empty for the default pool"),
};

const place = {
  ...pool,
  seq: always.integer("The entry's number in its pool, without gaps; with the three columns before, the key"),
  at: always.time("When the ledger took it"),
  occurred_at: always.time("When the cause happened: an event's own time"),
};

export const ledgerExportRow = z
  .object({
    ...place,
    type: always.name("The type of the entry: `granted`, `consumed`, `reversed`, …"),
    delta: always.credits("What the entry changed of the balance"),
    end_balance: always.credits("The balance of the pool after the entry"),
    overage_change: always.credits("What the entry added to the overage; negative where it was repaid"),
    source_kind: always.name("What asked for it: `event`, `consume`, `hold`, `grant`, `api`, …"),
    source_id: maybe.text("The id of that: of an event, a consumption, a hold, a grant"),
    actor_kind: always.name("Who did it: `api_key`, `operator`, `customer`, `system`"),
    actor_id: always.text("The id of that"),
    reason: maybe.text("The reason that was given"),
    feature_id: maybe.text("The feature that was used"),
    user_id: maybe.text("The customer's user; empty also once forgotten"),
    quantity: maybe.credits("How much of the feature was used"),
    dimensions: maybe.json("What the event said about itself"),
    request_id: maybe.text("The request that asked for it"),
    grant_ids: always.json("The grants that it drew on or is about"),
    external_reference: maybe.text(
      "Your reference of the revocation, else of the one grant that it is about",
    ),
  })
  .meta({ id: "LedgerExportRow", description: "One entry of a ledger" });

export const grantsExportRow = z
  .object({
    grant_id: always.text("The grant: the key"),
    ...pool,
    seq: always.integer("The number of the entry that granted it"),
    amount: always.credits("What was granted"),
    remaining: always.credits("What is left, or waits to begin"),
    consumed: always.credits("What was burned, or repaid overage"),
    held: always.credits("The part of `remaining` that holds reserve"),
    frozen: always.credits("What a dispute keeps out of the balance"),
    revoked: always.credits("What was taken back"),
    expired: always.credits("What expired"),
    category: always.name("`promo`, `recurring` or `paid`"),
    status: always.name("The status at the moment of the export"),
    cost_basis: maybe.money("The price of one credit, in major units"),
    currency: maybe.name("The currency of the price, lower case"),
    priority: always.integer("0 burns first"),
    effective_at: always.time("From when it can be spent"),
    expires_at: maybe.time("Until when"),
    reason: maybe.text("The reason that was given"),
    actor_kind: always.name("Who granted it"),
    actor_id: always.text("The id of that"),
    source_kind: always.name("Where it comes from: `api`, `top_up`, `plan`, `rollover`, …"),
    source_id: maybe.text("The id of that; of a rollover, the grant that expired"),
    payment_status: maybe.name("The status of its payment, where it has one"),
    external_reference: maybe.text("Your reference"),
    metadata: always.json("Your metadata"),
    created_at: always.time("When it was granted"),
    updated_at: always.time("When its reason, reference or metadata last changed"),
  })
  .meta({ id: "GrantsExportRow", description: "A grant as it stands at the moment of the export" });

export const allocationsExportRow = z
  .object({
    ...place,
    type: always.name("The type of the entry"),
    event_id: maybe.text("The usage event, where one caused the entry"),
    feature_id: maybe.text("The feature that was used"),
    user_id: maybe.text("The customer's user"),
    grant_id: always.text("The grant; with the entry's key, the key"),
    category: always.name("The category of the grant"),
    external_reference: maybe.text("Your reference of the grant"),
    amount: always.credits("What the entry moved on the grant: negative where it was drawn"),
    cost: maybe.money(
      "`amount` at the grant's cost basis, exact, in major units; empty without a cost basis",
    ),
    currency: maybe.name("The currency of the cost"),
  })
  .meta({ id: "AllocationsExportRow", description: "What one entry moved on one grant" });

export const usageExportRow = z
  .object({
    ...place,
    type: always.name("`consumed`, or `reversed` for usage that was taken back: then amounts are negative"),
    event_id: maybe.text("The id of the event, the consumption or the hold"),
    source_kind: always.name("`event`, `consume` or `hold`"),
    feature_id: maybe.text("The feature; empty where credits were spent directly"),
    user_id: maybe.text("The customer's user"),
    quantity: maybe.credits("How much of the feature"),
    dimensions: maybe.json("What the event said about itself"),
    credits: always.credits("What it burned, overage included; what a reversal gave back, negative"),
    external_references: always.json("Your references of the grants that paid, or got something back"),
    reversed_by_seq: maybe.integer("Of usage: the entry that took it back before this export"),
    reverses_seq: maybe.integer("Of a reversal: the entry that it takes back"),
    request_id: maybe.text("The request that reported it"),
  })
  .meta({ id: "UsageExportRow", description: "Usage that burned, or a reversal of it" });

export const revenueExportRow = z
  .object({
    ...pool,
    grant_id: always.text("The grant; with the month, the key"),
    external_reference: maybe.text("Your reference of the grant"),
    month: always.name("The calendar month in UTC, as `2026-03`"),
    currency: always.name("The currency of all amounts"),
    paid_minor: always.digits(
      "The value of the grant, in the month in which it was granted or paid; minor units",
    ),
    rolled_in_minor: always.digits("The value that came from an expired grant"),
    recognised_minor: always.digits("What was earned: burned, net of what was taken back"),
    breakage_minor: always.digits("What expired"),
    refunded_minor: always.digits("What was taken back by revocation"),
    rolled_out_minor: always.digits("What expired and went on in a rollover"),
    deferred_minor: always.digits("What is still owed at the end of the month"),
    paid: always.money("As `paid_minor`, unrounded, in major units"),
    rolled_in: always.money("As `rolled_in_minor`, unrounded"),
    recognised: always.money("As `recognised_minor`, unrounded"),
    breakage: always.money("As `breakage_minor`, unrounded"),
    refunded: always.money("As `refunded_minor`, unrounded"),
    rolled_out: always.money("As `rolled_out_minor`, unrounded"),
    deferred: always.money("As `deferred_minor`, unrounded"),
  })
  .meta({ id: "RevenueExportRow", description: "What became of a grant's value in a month" });

/** The rows of each export. */
export const exportRows = {
  ledger: ledgerExportRow,
  grants: grantsExportRow,
  allocations: allocationsExportRow,
  usage: usageExportRow,
  revenue: revenueExportRow,
} satisfies Record<ExportKind, z.ZodObject>;

/** A row of an export, as NDJSON carries it. */
export type ExportRow<Kind extends ExportKind = ExportKind> = z.output<(typeof exportRows)[Kind]>;

/** The columns of an export, in their order. */
export function exportColumns(kind: ExportKind): ExportColumn[] {
  return columnsOf(exportRows[kind]);
}

/** The last line of an export as NDJSON: it is whole if and only if this line is there. */
export const exportEnd = z.strictObject({ _cursor: z.string(), _rows: z.int() }).meta({
  id: "ExportEnd",
  description: "The last line: the cursor for the next export, and how many rows came before",
});
export type ExportEnd = z.infer<typeof exportEnd>;
