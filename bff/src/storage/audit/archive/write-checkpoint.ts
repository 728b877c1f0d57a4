import { sql, type Transaction } from "kysely";
import type { Tables } from "../../database.ts";

/** An entry of a pool. */
export interface EntryPlace {
  readonly customerId: string;
  readonly poolNo: number;
  readonly seq: number;
}

/** What a checkpoint has besides what replaying makes of the entries. */
export interface CheckpointFactsRow {
  /** Microseconds since 1970. */
  readonly at: string;
  readonly decided_at: string;
  /** Archived entries that later ones take back, as JSON. */
  readonly consumed: string;
  readonly ended_holds: string;
}

/** Holds the customer, as the write path does, so that nothing is taken back while its entry is archived. */
export async function holdCustomer(transaction: Transaction<Tables>, customerId: string): Promise<void> {
  await sql`select from customers where customer_id = ${customerId} for no key update`.execute(transaction);
}

/**
 * Reads what the database adds to a checkpoint. The customer must be held.
 * @param openHolds the keys of the holds that are open after the entry
 */
export async function readCheckpointFacts(
  transaction: Transaction<Tables>,
  { customerId, poolNo, seq }: EntryPlace,
  openHolds: readonly number[],
): Promise<CheckpointFactsRow> {
  const { rows } = await sql<CheckpointFactsRow>`
    with later as (
      select about_seq from ledger
      where customer_id = ${customerId} and pool_no = ${poolNo}::int and type = 'reversed' and seq > ${seq}::bigint
        and about_seq <= ${seq}::bigint
    ), consumed as (
      select jsonb_build_object('seq', l.seq, 'overage', l.overage_change::text, 'draws', coalesce((
          select jsonb_agg(jsonb_build_object('grantKey', draw.key, 'amount', (-draw.amount)::text) order by draw.n)
          from unnest(l.draw_keys, l.draw_amounts) with ordinality as draw (key, amount, n)
        ), '[]')) as one
      from later join ledger l on l.customer_id = ${customerId} and l.pool_no = ${poolNo}::int and l.seq = later.about_seq
      union all
      select kept.one
      from ledger_openings o cross join lateral jsonb_array_elements(o.state -> 'consumed') as kept (one)
      join later on later.about_seq = (kept.one ->> 'seq')::bigint
      where o.customer_id = ${customerId} and o.pool_no = ${poolNo}::int
    )
    select round(date_part('epoch', at) * 1000000)::bigint as at,
      round(date_part('epoch', decided_at) * 1000000)::bigint as decided_at,
      (select coalesce(jsonb_agg(one), '[]')::text from consumed) as consumed,
      ended_holds_digest(customer_id, pool_no, seq, ${openHolds}::bigint[]) as ended_holds
    from ledger
    where customer_id = ${customerId} and pool_no = ${poolNo}::int and seq = ${seq}::bigint`.execute(
    transaction,
  );
  const [facts] = rows;
  if (!facts) throw new Error(`entry ${seq} of a pool is not there any more`);
  return facts;
}

/** Writes a checkpoint and takes the entries up to it out of the ledger; answers how many they were. */
export async function archiveTo(
  transaction: Transaction<Tables>,
  { customerId, poolNo, seq }: EntryPlace,
  state: string,
): Promise<number> {
  await sql`
    insert into ledger_checkpoints (customer_id, pool_no, seq, state)
    values (${customerId}, ${poolNo}::int, ${seq}::bigint, ${state}::jsonb)`.execute(transaction);
  const { rows } = await sql<{ archived: string }>`
    select archive_entries(${customerId}::text, ${poolNo}::int, ${seq}::bigint) as archived`.execute(
    transaction,
  );
  return Number(rows[0]?.archived ?? 0);
}
