import { type Kysely, type Selectable, sql } from "kysely";
import type { GrantPaymentsTable } from "../payment-tables.ts";
import type { Tables } from "../tables.ts";

export type GrantPaymentRow = Selectable<GrantPaymentsTable>;

/** Keeps what a grant's payment is shown as. */
export async function storeGrantPayment(
  db: Kysely<Tables>,
  payment: Omit<GrantPaymentRow, "updated_at">,
): Promise<void> {
  const { status, invoice_url, receipt_url } = payment;
  await db
    .insertInto("grant_payments")
    .values(payment)
    .onConflict((conflict) =>
      conflict
        .columns(["customer_id", "grant_id"])
        .doUpdateSet({ status, invoice_url, receipt_url, updated_at: sql<Date>`clock_timestamp()` }),
    )
    .execute();
}

/** What the payments of some grants of one customer are shown as. */
export async function grantPaymentsOf(
  db: Kysely<Tables>,
  customerId: string,
  grantIds: readonly string[],
): Promise<ReadonlyMap<string, GrantPaymentRow>> {
  if (grantIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("grant_payments")
    .selectAll()
    .where("customer_id", "=", customerId)
    .where("grant_id", "in", grantIds)
    .execute();
  return new Map(rows.map((row) => [row.grant_id, row]));
}
