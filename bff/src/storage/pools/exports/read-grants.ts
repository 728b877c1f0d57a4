import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../database.ts";
import {
  GRANT_RECORD_COLUMNS,
  type GrantRecord,
  type GrantRecordRow,
  toGrantRecord,
} from "../grant-record.ts";
import { readRows } from "./read-rows.ts";
import { asRows, batchesOf, type Window } from "./windows.ts";

/** Which grants of windows are asked for. */
export interface GrantsWanted {
  /** Those that an entry of their window moved or changed; otherwise those that were granted in it. */
  readonly isTouched: boolean;
  /** Those with a cost basis only. */
  readonly isPriced?: boolean;
  /** When it was granted, in milliseconds since 1970; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** A grant that an export is about. */
export interface FoundGrant {
  readonly window: Window;
  readonly record: GrantRecord;
  /** The database's time at which it was read, in milliseconds. */
  readonly now: number;
  /** The month, as `2026-03`, of the first entry of the window that touched it; null where that was not asked. */
  readonly firstMonth: string | null;
}

/** Entries of one statement: no more grants than these can have been granted by them. */
const BATCH = { postgres: 5_000, pglite: 1_000 } as const;

/** The grants of windows, in the order of these and of their age, a page at a time; each once. */
export async function* readGrantsOf(
  database: Database,
  windows: readonly Window[],
  wanted: GrantsWanted,
): AsyncGenerator<FoundGrant[]> {
  const whole = new Map(windows.map((window) => [nameOf(window), window]));
  let seen: Seen = { window: null, keys: new Set() };
  for (const batch of batchesOf(windows, BATCH[database.engine])) {
    const rows = await readBatch(database, batch, wanted);
    const found: FoundGrant[] = [];
    for (const row of rows) {
      const window = whole.get(nameOf(row));
      if (!window) throw new Error("a grant was found in no window");
      if (seen.window !== window) seen = { window, keys: new Set() };
      if (seen.keys.has(row.key)) continue;
      // A window that goes on in the next batch may touch the grant again.
      if (wanted.isTouched) seen.keys.add(row.key);
      const { now, first_month: firstMonth } = row;
      found.push({ window, record: toGrantRecord(row), now: now.getTime(), firstMonth });
    }
    yield found;
  }
}

interface Seen {
  readonly window: Window | null;
  readonly keys: Set<string>;
}

function nameOf(pool: Window | FoundRow): string {
  return "customerId" in pool ? `${pool.customerId}/${pool.poolNo}` : `${pool.customer_id}/${pool.pool_no}`;
}

type FoundRow = GrantRecordRow & { now: Date; first_month: string | null };

async function readBatch(
  database: Database,
  batch: readonly Window[],
  wanted: GrantsWanted,
): Promise<FoundRow[]> {
  const conditions = [sql`true`];
  if (wanted.isPriced) conditions.push(sql`g.cost_basis_amount is not null`);
  if (wanted.from !== undefined) conditions.push(sql`g.created_at >= ${new Date(wanted.from)}`);
  if (wanted.to !== undefined) conditions.push(sql`g.created_at < ${new Date(wanted.to)}`);
  const rows = await readRows(
    database,
    sql<FoundRow>`
    select ${sql.raw(GRANT_RECORD_COLUMNS)}, clock_timestamp() as now, w.first_month
    from ${wanted.isTouched ? touchedIn(batch) : grantedIn(batch)} w
    cross join lateral (
      select * from grants g where g.customer_id = w.customer_id and g.pool_no = w.pool_no and g.key = w.key limit 1
    ) g
    cross join lateral (
      select * from grant_balances b
      where b.customer_id = w.customer_id and b.pool_no = w.pool_no and b.key = w.key limit 1
    ) b
    cross join lateral (
      select * from pools p where p.customer_id = w.customer_id and p.pool_no = w.pool_no limit 1
    ) p
    where ${sql.join(conditions, sql` and `)}
    order by w.n, g.key`,
  );
  return rows;
}

/** Keys of what was granted in a batch: a grant's key is the seq of the entry that granted it. */
function grantedIn(batch: readonly Window[]): RawBuilder<unknown> {
  return sql`(
    select w.n, w.customer_id, w.pool_no, g.key, null as first_month from ${asRows(batch)}
    cross join lateral (
      select g.key from grants g where g.customer_id = w.customer_id and g.pool_no = w.pool_no
        and g.key > w.after_seq and g.key <= w.until_seq offset 0
    ) g)`;
}

/** Keys of what entries of a batch draw on or are about; among them seqs of holds, which are no grants. */
function touchedIn(batch: readonly Window[]): RawBuilder<unknown> {
  return sql`(
    select w.n, w.customer_id, w.pool_no, touched.key,
      to_char(min(l.at) at time zone 'UTC', 'YYYY-MM') as first_month
    from ${asRows(batch)}
    cross join lateral (
      select * from ledger l where l.customer_id = w.customer_id and l.pool_no = w.pool_no
        and l.seq > w.after_seq and l.seq <= w.until_seq offset 0
    ) l
    cross join lateral (
      select unnest(l.draw_keys) as key
      union all select l.seq where l.type = 'granted'
      union all select l.about_seq where l.type in ('updated', 'revoked', 'frozen', 'unfrozen', 'activated')
    ) touched
    group by w.n, w.customer_id, w.pool_no, touched.key)`;
}
