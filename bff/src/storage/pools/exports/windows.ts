import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../database.ts";
import { partOfLedger, type SpanFilter } from "../pool-walk.ts";
import { readRows } from "./read-rows.ts";
import { areExported, type ExportScope, type PoolPlace } from "./scope.ts";

/** The part of a pool's ledger that an export is about: entries after `afterSeq`, up to `untilSeq`. */
export interface Window extends PoolPlace {
  readonly creditTypeId: string;
  /** Empty for the default pool. */
  readonly resourceId: string;
  readonly afterSeq: number;
  readonly untilSeq: number;
}

/** What an export is of: what lies between two cuts, or from the beginning up to one. */
export interface Stretch {
  readonly scope: ExportScope;
  readonly sinceNo: string | null;
  readonly cutNo: string;
  /** When entries were taken, for exports that are bounded by that. */
  readonly span?: SpanFilter;
}

/** Pools of one statement, moved or not. */
const PAGE = { postgres: 2_000, pglite: 400 } as const;

/** The windows that have entries, pool after pool, a page at a time. A page may be empty. */
export async function* readWindows(database: Database, stretch: Stretch): AsyncGenerator<Window[]> {
  const pageSize = PAGE[database.engine];
  let after: PoolPlace | null = null;
  do {
    const page: WindowPage = await readPage(database, stretch, { after, pageSize });
    yield page.windows;
    after = page.last;
  } while (after !== null);
}

interface WindowPage {
  readonly windows: Window[];
  /** Behind this, there may be more. */
  readonly last: PoolPlace | null;
}

async function readPage(
  database: Database,
  { scope, sinceNo, cutNo, span }: Stretch,
  { after, pageSize }: { after: PoolPlace | null; pageSize: number },
): Promise<WindowPage> {
  const rows = await readRows(
    database,
    sql<{ pools: string; last: LastPool | null; windows: Window[] | null }>`
    with page as materialized (
      select p.* from pools p where ${areExported(scope, after)}
      order by p.customer_id, p.pool_no limit ${pageSize}::int
    ), moved as materialized (
      select p.*, ${sinceNo === null ? sql`0::bigint` : sql`coalesce(${markAt(sinceNo)}, 0)`} as after_mark,
        coalesce(${markAt(cutNo)}, 0) as until_mark
      from page p
    ), windows as (
      select p.customer_id, p.pool_no, p.credit_type_id, p.resource_id,
        greatest(p.after_mark, part.after_seq) as after_seq, least(p.until_mark, part.until_seq) as until_seq
      from moved p cross join lateral ${partOfLedger(span ?? {}, null)} part
      where p.until_mark > p.after_mark
    )
    select (select count(*) from page) as pools,
      (select json_build_object('customerId', customer_id, 'poolNo', pool_no) from page
        order by customer_id desc, pool_no desc limit 1) as last,
      (select json_agg(json_build_object('customerId', customer_id, 'poolNo', pool_no,
          'creditTypeId', credit_type_id, 'resourceId', resource_id, 'afterSeq', after_seq, 'untilSeq', until_seq)
          order by customer_id, pool_no)
        from windows where until_seq > after_seq) as windows`,
  );
  const [row] = rows;
  if (!row) throw new Error("a page of pools has no row");
  return { windows: row.windows ?? [], last: Number(row.pools) < pageSize ? null : row.last };
}

interface LastPool {
  customerId: string;
  poolNo: number;
}

/** Where pool `p` stood at a cut. */
function markAt(cutNo: string): RawBuilder<unknown> {
  return sql`(
    select m.seq from export_marks m where m.customer_id = p.customer_id and m.pool_no = p.pool_no
      and m.cut_no <= ${cutNo}::bigint order by m.cut_no desc limit 1)`;
}

/**
 * Puts windows together to batches of at most so many entries, cutting long ones. A pool's entries are numbered without
 * gaps, so that it is known what a batch will read before it is read.
 */
export function* batchesOf(windows: readonly Window[], size: number): Generator<Window[]> {
  let batch: Window[] = [];
  let room = size;
  for (const window of windows) {
    let { afterSeq } = window;
    while (afterSeq < window.untilSeq) {
      const untilSeq = Math.min(window.untilSeq, afterSeq + room);
      batch.push({ ...window, afterSeq, untilSeq });
      room -= untilSeq - afterSeq;
      afterSeq = untilSeq;
      if (room > 0) continue;
      yield batch;
      batch = [];
      room = size;
    }
  }
  if (batch.length > 0) yield batch;
}

/** The windows of a batch as rows `w`, numbered from 0 by `n` in their order. */
export function asRows(windows: readonly Window[]): RawBuilder<unknown> {
  const rows = windows.map(({ customerId, poolNo, afterSeq, untilSeq }, n) => [
    n,
    customerId,
    poolNo,
    afterSeq,
    untilSeq,
  ]);
  return sql`(
    select (w ->> 0)::int as n, w ->> 1 as customer_id, (w ->> 2)::int as pool_no, (w ->> 3)::bigint as after_seq,
      (w ->> 4)::bigint as until_seq
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) w offset 0) w`;
}
