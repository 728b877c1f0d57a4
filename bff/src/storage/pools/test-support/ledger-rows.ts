import { sql } from "kysely";
import type { Database } from "../../database.ts";

/** An entry of a ledger, as far as it is about usage. */
export interface LedgerEntryRow {
  readonly poolNo: number;
  readonly seq: number;
  readonly type: string;
  readonly delta: bigint;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  readonly featureId: string | null;
  readonly userId: string | null;
  readonly dimensions: Readonly<Record<string, unknown>> | null;
  readonly aboutSeq: number | null;
}

/** All of a customer's entries, as they stand in the table. */
export async function readLedgerRows({ reader }: Database, customerId: string): Promise<LedgerEntryRow[]> {
  const { rows } = await sql<{
    pool_no: number;
    seq: string;
    type: string;
    delta: string;
    occurred_at: Date;
    feature_id: string | null;
    user_id: string | null;
    dimensions: Record<string, unknown> | null;
    about_seq: string | null;
  }>`
    select l.*, u.user_id from ledger l
    left join customer_users u on u.customer_id = l.customer_id and u.user_no = l.user_no
    where l.customer_id = ${customerId} order by l.pool_no, l.seq`.execute(reader);
  return rows.map((row) => ({
    poolNo: row.pool_no,
    seq: Number(row.seq),
    type: row.type,
    delta: BigInt(row.delta),
    occurredAt: row.occurred_at.getTime(),
    featureId: row.feature_id,
    userId: row.user_id,
    dimensions: row.dimensions,
    aboutSeq: row.about_seq === null ? null : Number(row.about_seq),
  }));
}
