import type { GrantCategory } from "@credits-kit/engine";
import { sql, type SqlBool } from "kysely";
import { type Slice, within } from "./finding.ts";
import { read, type Snapshot } from "./snapshot.ts";

/** What was granted, as it is stored; times in milliseconds since 1970. */
export interface AuditedGrant {
  readonly id: string;
  readonly amount: string;
  readonly category: GrantCategory;
  readonly priority: number;
  readonly effective_at: number;
  readonly expires_at: number | null;
}

/** An entry as it is stored. Amounts and keys stay text, times are seconds since 1970: most are only compared. */
export interface AuditedEntry {
  readonly customer_id: string;
  readonly pool_no: number;
  readonly seq: string;
  readonly type: string;
  readonly delta: string;
  readonly overage_change: string;
  readonly draw_keys: string;
  readonly draw_amounts: string;
  readonly at: number;
  readonly occurred_at: number;
  /** Tells entries of one transaction from those of others. */
  readonly written_by: string;
  /** The grant that a `granted` entry brought. */
  readonly granted: AuditedGrant | null;
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

function readPage(snapshot: Snapshot, slice: Slice, last: AuditedEntry | null): Promise<AuditedEntry[]> {
  // The row comparison goes on from the very entry; the range alone would begin at its customer again.
  const behind = last
    ? sql<SqlBool>`(customer_id, pool_no, seq) > (${last.customer_id}::text, ${last.pool_no}::int, ${last.seq}::bigint)`
    : sql<SqlBool>`true`;
  return read(
    snapshot,
    sql<AuditedEntry>`
    select customer_id, pool_no, seq, type, delta, overage_change, draw_keys::text, draw_amounts::text,
      date_part('epoch', at) as at, date_part('epoch', occurred_at) as occurred_at, xmin::text as written_by,
      case when type = 'granted' then (
        select json_build_object('id', grant_id, 'amount', amount::text, 'category', category, 'priority', priority,
          'effective_at', floor(extract(epoch from effective_at) * 1000)::bigint,
          'expires_at', floor(extract(epoch from expires_at) * 1000)::bigint)
        from grants g where g.customer_id = l.customer_id and g.pool_no = l.pool_no and g.key = l.seq
      ) end as granted
    from ledger l where ${behind} and ${within(slice)} order by customer_id, pool_no, seq limit ${PAGE}`,
  );
}
