import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

/**
 * Customers who hold credits of a type or owe them: a balance other than zero, grants that wait or are frozen, open
 * holds.
 */
export async function customersHolding(
  db: Kysely<Tables>,
  creditTypeId: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ customer_id: string }>`
    select distinct p.customer_id from pools p
    where p.credit_type_id = ${creditTypeId} and (
      p.balance <> 0 or p.overage <> 0
      or exists (
        select from grant_balances b where b.customer_id = p.customer_id and b.pool_no = p.pool_no and b.open)
      or exists (
        select from holds h where h.customer_id = p.customer_id and h.pool_no = p.pool_no and h.ended is null))
    order by p.customer_id limit ${sql.lit(limit)}`.execute(db);
  return rows.map((row) => row.customer_id);
}
