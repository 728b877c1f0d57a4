import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../database.ts";
import { readRows } from "./read-rows.ts";
import { asRows, type Window } from "./windows.ts";

/** What rows about entries have in common. Amounts are bigint text. */
interface EntryPlace {
  /** Which window of the batch it is in. */
  readonly n: number;
  readonly seq: string;
  readonly at: Date;
  readonly occurred_at: Date;
  readonly type: string;
  readonly feature_id: string | null;
  readonly user_id: string | null;
}

type Dimensions = Record<string, string | number | boolean>;

export interface LedgerExportLine extends EntryPlace {
  readonly delta: string;
  readonly end_balance: string;
  readonly overage_change: string;
  readonly source_kind: string;
  readonly source_id: string | null;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly reason: string | null;
  readonly quantity: string | null;
  readonly dimensions: Dimensions | null;
  readonly request_id: string | null;
  readonly grant_ids: string[] | null;
  readonly external_reference: string | null;
}

export interface AllocationLine extends EntryPlace {
  readonly event_id: string | null;
  readonly grant_id: string;
  readonly category: string;
  readonly external_reference: string | null;
  readonly amount: string;
  readonly cost_basis_amount: string | null;
  readonly cost_basis_currency: string | null;
}

export interface UsageLine extends EntryPlace {
  readonly event_id: string | null;
  readonly source_kind: string;
  readonly quantity: string | null;
  readonly dimensions: Dimensions | null;
  readonly delta: string;
  readonly external_references: string[] | null;
  readonly reversed_by_seq: string | null;
  readonly reverses_seq: string | null;
  readonly request_id: string | null;
}

const PLACE = sql`w.n, l.seq, l.at, l.occurred_at, l.type, l.feature_id, u.user_id`;

/** The entries `l` of a batch, with the names of their users. */
function entriesOf(
  windows: readonly Window[],
  condition: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`${asRows(windows)}
    cross join lateral (
      select * from ledger l
      where l.customer_id = w.customer_id and l.pool_no = w.pool_no and l.seq > w.after_seq and l.seq <= w.until_seq
        and ${condition} offset 0
    ) l
    left join customer_users u on u.customer_id = l.customer_id and u.user_no = l.user_no`;
}

/** Every entry of a batch. */
export async function readLedgerLines(
  database: Database,
  batch: readonly Window[],
): Promise<LedgerExportLine[]> {
  const rows = await readRows(
    database,
    sql<LedgerExportLine>`
    select ${PLACE}, l.delta, l.end_balance, l.overage_change, l.source_kind, l.source_id, l.actor_kind, l.actor_id,
      l.reason, l.quantity, l.dimensions, l.request_id, d.grant_ids,
      coalesce(case when l.type = 'revoked' and l.source_kind = 'api' then l.source_id end, d.external_reference)
        as external_reference
    from ${entriesOf(batch)}
    left join lateral (
      select json_agg(g.grant_id order by draw.n) as grant_ids,
        case when count(*) = 1 then min(g.external_reference) end as external_reference
      from (
        select * from unnest(l.draw_keys) with ordinality as draw (key, n)
        union all select l.seq, 1 where l.type = 'granted' and l.draw_keys = '{}'
        union all select l.about_seq, 1
          where l.type in ('updated', 'revoked', 'frozen', 'unfrozen', 'activated') and l.draw_keys = '{}'
      ) as draw (key, n)
      join grants g on g.customer_id = l.customer_id and g.pool_no = l.pool_no and g.key = draw.key
    ) d on true
    order by w.n, l.seq`,
  );
  return rows;
}

/** What the entries of a batch moved on grants. */
export async function readAllocations(
  database: Database,
  batch: readonly Window[],
): Promise<AllocationLine[]> {
  const rows = await readRows(
    database,
    sql<AllocationLine>`
    select ${PLACE}, case when l.source_kind = 'event' then l.source_id end as event_id, g.grant_id, g.category,
      g.external_reference, draw.amount, g.cost_basis_amount, g.cost_basis_currency
    from ${entriesOf(batch, sql`l.draw_keys <> '{}'`)}
    cross join lateral unnest(l.draw_keys, l.draw_amounts) with ordinality as draw (key, amount, place)
    cross join lateral (
      select * from grants g
      where g.customer_id = l.customer_id and g.pool_no = l.pool_no and g.key = draw.key limit 1
    ) g
    where draw.amount <> 0
    order by w.n, l.seq, draw.place`,
  );
  return rows;
}

/** Usage of a batch, and what was taken back of usage: that has the quantity and the dimensions of what it takes back. */
export async function readUsage(database: Database, batch: readonly Window[]): Promise<UsageLine[]> {
  const rows = await readRows(
    database,
    sql<UsageLine>`
    select ${PLACE}, l.source_id as event_id, l.source_kind,
      case when l.type = 'reversed' then -o.quantity else l.quantity end as quantity,
      case when l.type = 'reversed' then o.dimensions else l.dimensions end as dimensions, l.delta,
      d.external_references, x.seq as reversed_by_seq, o.reverses_seq, l.request_id
    from ${entriesOf(batch, sql`l.type in ('consumed', 'reversed')`)}
    left join lateral (
      select json_agg(distinct g.external_reference) as external_references
      from unnest(l.draw_keys) as draw (key)
      join grants g on g.customer_id = l.customer_id and g.pool_no = l.pool_no and g.key = draw.key
      where g.external_reference is not null
    ) d on true
    left join lateral (
      select x.seq from ledger x
      where l.type = 'consumed' and x.type = 'reversed' and x.customer_id = l.customer_id and x.pool_no = l.pool_no
        and x.about_seq = l.seq
    ) x on true
    left join lateral (
      select l.about_seq as reverses_seq, o.quantity, o.dimensions from (select) one
      left join ledger o on o.customer_id = l.customer_id and o.pool_no = l.pool_no and o.seq = l.about_seq
      where l.type = 'reversed'
    ) o on true
    order by w.n, l.seq`,
  );
  return rows;
}
