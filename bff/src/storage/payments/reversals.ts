import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type { ReversalsTable } from "../payment-tables.ts";
import type { Tables } from "../tables.ts";
import type { TopUpKey } from "./top-ups.ts";

export type ReversalRow = Selectable<ReversalsTable>;
export type NewReversal = Omit<
  Insertable<ReversalsTable>,
  "looked_at" | "restored_grant_id" | "restored_credits"
>;

/** Keeps what a refund or a dispute is now, and that it was looked at. */
export async function storeReversal(transaction: Kysely<Tables>, reversal: NewReversal): Promise<void> {
  const { amount_minor, currency, status, reason } = reversal;
  await transaction
    .insertInto("reversals")
    .values(reversal)
    .onConflict((conflict) =>
      conflict
        .columns(["customer_id", "reversal_id"])
        .doUpdateSet({ amount_minor, currency, status, reason, looked_at: sql<Date>`clock_timestamp()` }),
    )
    .execute();
}

/** The refunds and disputes of an order, the oldest first. */
export function reversalsOf(db: Kysely<Tables>, key: TopUpKey): Promise<ReversalRow[]> {
  return db
    .selectFrom("reversals")
    .selectAll()
    .where("customer_id", "=", key.customer_id)
    .where("top_up_id", "=", key.top_up_id)
    .orderBy("happened_at")
    .orderBy("reversal_id")
    .execute();
}

/** Says which grant makes good what was taken, unless that is said already. @returns the id that stands */
export async function claimRestoring(
  db: Kysely<Tables>,
  { customer_id, reversal_id }: Pick<ReversalRow, "customer_id" | "reversal_id">,
  grantId: string,
): Promise<string> {
  const row = await db
    .updateTable("reversals")
    .set({ restored_grant_id: sql<string>`coalesce(restored_grant_id, ${grantId})` })
    .where("customer_id", "=", customer_id)
    .where("reversal_id", "=", reversal_id)
    .returning("restored_grant_id")
    .executeTakeFirstOrThrow();
  return row.restored_grant_id ?? grantId;
}

/** Notes that what was taken is made good; zero where there is nothing to give any more. */
export async function keepRestored(
  db: Kysely<Tables>,
  { customer_id, reversal_id }: Pick<ReversalRow, "customer_id" | "reversal_id">,
  restored: bigint,
): Promise<void> {
  await db
    .updateTable("reversals")
    .set({ restored_credits: restored })
    .where("customer_id", "=", customer_id)
    .where("reversal_id", "=", reversal_id)
    .where("restored_credits", "is", null)
    .execute();
}

/** What of an order is looked at again without being told to. */
export interface Again {
  /** Refunds that succeeded after this moment may still fail. */
  readonly settledAfter: Date;
  /** Those, and credits that could not be taken yet, are looked at once they were not since this moment. */
  readonly lookedBefore: Date;
  readonly limit: number;
}

/** Payments whose refunds or disputes are open, may still change, or were left half dealt with: the longest not looked at. */
export async function paymentsToLookAt(
  db: Kysely<Tables>,
  { settledAfter, lookedBefore, limit }: Again,
): Promise<string[]> {
  const { rows } = await sql<{ payment_id: string }>`
    select payment_id from (
      select payment_id, looked_at from reversals where status in
        ('pending', 'requires_action', 'needs_response', 'under_review', 'warning_needs_response', 'warning_under_review')
      union all
      select payment_id, looked_at from reversals
      where status = 'succeeded' and happened_at > ${settledAfter} and looked_at < ${lookedBefore}
      union all
      select r.payment_id, r.looked_at from takings t
      join reversals r on r.customer_id = t.customer_id and r.reversal_id = t.reversal_id
      where t.taken is null
    ) due group by payment_id order by min(looked_at), payment_id limit ${limit}`.execute(db);
  return rows.map((row) => row.payment_id);
}
