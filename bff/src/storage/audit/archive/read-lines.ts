import { sql } from "kysely";
import { read, type Snapshot } from "../snapshot.ts";

/** Entries of a pool, by their numbers. */
export interface EntryRange {
  readonly customerId: string;
  readonly poolNo: number;
  readonly from: number;
  readonly to: number;
}

const PAGE = 1_000;

const time = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Reads entries as lines of JSON, then the seals that end among them, a page of lines at a time. Amounts are text, as
 * many readers of JSON would round them; times are in UTC to the microsecond.
 */
export async function* readLines(snapshot: Snapshot, range: EntryRange): AsyncGenerator<string> {
  for (let from = range.from; from <= range.to; from += PAGE) {
    const to = Math.min(range.to, from + PAGE - 1);
    const [page] = await read(snapshot, entryLines({ ...range, from, to }));
    if (page?.lines) yield `${page.lines}\n`;
  }
  const [seals] = await read(snapshot, sealLines(range));
  if (seals?.lines) yield `${seals.lines}\n`;
}

function entryLines({ customerId, poolNo, from, to }: EntryRange) {
  return sql<{ lines: string | null }>`
    select string_agg(json_build_object('kind', 'entry', 'customer_id', customer_id, 'pool_no', pool_no, 'seq', seq,
        'at', ${time("at")}, 'occurred_at', ${time("occurred_at")}, 'decided_at', ${time("decided_at")}, 'type', type,
        'delta', delta::text, 'end_balance', end_balance::text, 'overage_change', overage_change::text,
        'draw_keys', draw_keys, 'draw_amounts', draw_amounts::text[], 'draw_held', draw_held::text[],
        'about_seq', about_seq, 'details', details, 'source_kind', source_kind, 'source_id', source_id,
        'actor_kind', actor_kind, 'actor_id', actor_id, 'reason', reason, 'feature_id', feature_id,
        'user_no', user_no, 'quantity', quantity::text, 'dimensions', dimensions, 'request_id', request_id)::text,
      E'\n' order by seq) as lines
    from ledger
    where customer_id = ${customerId} and pool_no = ${poolNo}::int and seq between ${from}::bigint and ${to}::bigint`;
}

function sealLines({ customerId, poolNo, from, to }: EntryRange) {
  return sql<{ lines: string | null }>`
    select string_agg(json_build_object('kind', 'seal', 'customer_id', customer_id, 'pool_no', pool_no,
        'from_seq', from_seq, 'to_seq', to_seq, 'form', form, 'hash', encode(hash, 'hex'),
        'sealed_at', ${time("sealed_at")})::text, E'\n' order by from_seq) as lines
    from ledger_seals
    where customer_id = ${customerId} and pool_no = ${poolNo}::int and to_seq between ${from}::bigint and ${to}::bigint`;
}
