import { sql, type SqlBool } from "kysely";
import { type Slice, within } from "./finding.ts";
import { read, type Snapshot } from "./snapshot.ts";

/** An entry as it is stored. Amounts and keys stay text, times are seconds since 1970: most are only compared. */
export interface AuditedEntry {
  readonly customer_id: string;
  readonly pool_no: number;
  readonly seq: string;
  readonly type: string;
  readonly delta: string;
  readonly end_balance: string;
  readonly overage_change: string;
  readonly draw_keys: string;
  readonly draw_amounts: string;
  readonly draw_held: string | null;
  readonly at: number;
  readonly occurred_at: number;
  readonly decided_at: number;
  readonly about_seq: string | null;
  readonly details: string | null;
  /** What replaying the entry needs to know besides, as JSON text: see `stored-facts.ts` of the audit. */
  readonly facts: string | null;
}

const PAGE = 5_000;

/** Reads the entries of a slice, pool after pool in the order of the ledger, a page at a time. */
export async function* readEntries(
  snapshot: Snapshot,
  slice: Slice,
): AsyncGenerator<readonly AuditedEntry[]> {
  let ahead = readPage(snapshot, slice, null);
  for (;;) {
    const page = await ahead;
    const last = page.at(-1);
    const isLast = page.length < PAGE || !last;
    // The next page is on its way while this one is looked at.
    if (!isLast) ahead = readPage(snapshot, slice, last);
    yield page;
    if (isLast) return;
  }
}

// What a grant and a hold began with is in their own rows; what was told of them at the start in the memory of the
// command, as updates overwrite the terms. What a reversal takes back is in the entry that it is about.
const FACTS = sql`
  case type
    when 'granted' then (
      select json_build_object('id', grant_id, 'amount', amount::text, 'category', category, 'priority', priority,
        'effectiveAt', floor(extract(epoch from effective_at) * 1000)::bigint,
        'expiresAt', floor(extract(epoch from expires_at) * 1000)::bigint,
        'told', case when g.updated_at <> g.created_at then coalesce(
          (select answer from commands c where c.customer_id = g.customer_id and c.id = 'grant:' || g.grant_id),
          (select answer from commands c where c.customer_id = g.customer_id and c.pool_no = g.pool_no and c.seq = g.key
            limit 1)) end)
      from grants g where g.customer_id = l.customer_id and g.pool_no = l.pool_no and g.key = l.seq)
    when 'hold_placed' then (
      select json_build_object('id', hold_id, 'amount', amount::text,
        'expiresAt', floor(extract(epoch from expires_at) * 1000)::bigint,
        'told', (select answer from commands c where c.customer_id = h.customer_id and c.id = 'hold:' || h.hold_id))
      from holds h where h.customer_id = l.customer_id and h.pool_no = l.pool_no and h.key = l.seq)
    when 'reversed' then (
      select json_build_object('type', o.type, 'keys', o.draw_keys::text, 'amounts', o.draw_amounts::text,
        'overage', o.overage_change::text)
      from ledger o where o.customer_id = l.customer_id and o.pool_no = l.pool_no and o.seq = l.about_seq)
  end`;

function readPage(snapshot: Snapshot, slice: Slice, last: AuditedEntry | null): Promise<AuditedEntry[]> {
  // The row comparison goes on from the very entry; the range alone would begin at its customer again.
  const behind = last
    ? sql<SqlBool>`(customer_id, pool_no, seq) > (${last.customer_id}::text, ${last.pool_no}::int, ${last.seq}::bigint)`
    : sql<SqlBool>`true`;
  return read(
    snapshot,
    sql<AuditedEntry>`
    select customer_id, pool_no, seq, type, delta, end_balance, overage_change, draw_keys::text, draw_amounts::text,
      draw_held::text, date_part('epoch', at) as at, date_part('epoch', occurred_at) as occurred_at, date_part('epoch', decided_at) as decided_at, about_seq,
      details::text, (${FACTS})::text as facts
    from ledger l where ${behind} and ${within(slice)} order by customer_id, pool_no, seq limit ${PAGE}`,
  );
}
