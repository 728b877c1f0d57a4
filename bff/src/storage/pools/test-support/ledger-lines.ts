import { sql } from "kysely";
import type { Database } from "../../database.ts";

/** A line of a customer's ledger; grants go by their external reference, those of plans by what their id says. */
export interface LedgerLine {
  readonly creditTypeId: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly delta: bigint;
  readonly endBalance: bigint;
  /** What it moved of each grant: what is in the balance, and what holds reserve. */
  readonly moves: readonly (readonly [grant: string, amount: bigint, held: bigint])[];
}

interface Row {
  readonly credit_type_id: string;
  readonly type: string;
  readonly occurred_at: Date;
  readonly delta: string;
  readonly end_balance: string;
  readonly moves: readonly (readonly [string, string, string])[];
}

/** All that a customer's ledger says, pool after pool. */
export async function ledgerLines(database: Database, customerId: string): Promise<LedgerLine[]> {
  const { rows } = await sql<Row>`
    select p.credit_type_id, l.type::text as type, l.occurred_at, l.delta, l.end_balance, coalesce((
        select json_agg(json_build_array(
          coalesce(g.external_reference, regexp_replace(g.grant_id, '^gr_[^.]*', '')), d.amount::text,
          coalesce(l.draw_held[d.n], 0)::text) order by d.n)
        from unnest(l.draw_keys, l.draw_amounts) with ordinality as d (key, amount, n)
        join grants g on g.customer_id = l.customer_id and g.pool_no = l.pool_no and g.key = d.key
      ), '[]') as moves
    from ledger l join pools p on p.customer_id = l.customer_id and p.pool_no = l.pool_no
    where l.customer_id = ${customerId} order by l.pool_no, l.seq`.execute(database.writer);
  return rows.map((row) => ({
    creditTypeId: row.credit_type_id,
    type: row.type,
    occurredAt: row.occurred_at,
    delta: BigInt(row.delta),
    endBalance: BigInt(row.end_balance),
    moves: row.moves.map(([grant, amount, held]) => [grant, BigInt(amount), BigInt(held)]),
  }));
}

/** Which grants a customer has, the oldest first: those of plans by what their id says behind the dot. */
export async function grantIdsOf({ writer }: Database, customerId: string): Promise<string[]> {
  const { rows } = await sql<{ grant_id: string }>`
    select grant_id from grants where customer_id = ${customerId} order by pool_no, key`.execute(writer);
  return rows.map((row) => row.grant_id.replace(/^gr_[^.]*/, ""));
}
