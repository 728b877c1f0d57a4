import type { DatedMovement } from "@credits-kit/engine";
import { sql } from "kysely";
import type { Database } from "../../database.ts";
import { readRows } from "./read-rows.ts";
import { asRows, batchesOf, type Window } from "./windows.ts";

/** A movement of a grant's value, with the grant. */
export interface GrantMovement extends DatedMovement {
  readonly window: Window;
  readonly key: number;
}

/** Entries of one statement. */
const BATCH = { postgres: 20_000, pglite: 2_000 } as const;

/**
 * What the entries of windows did to the value of priced grants; within a month in the order of the ledger, as far as it
 * matters. What burned or expired of a grant within a batch and a month is one movement. Says of stored entries what
 * `movementsOf` of the engine says of its own.
 */
export async function* readMovements(
  database: Database,
  windows: readonly Window[],
): AsyncGenerator<GrantMovement[]> {
  yield await readArchived(database, windows);
  yield await readRollovers(database, windows);
  for (const batch of batchesOf(windows, BATCH[database.engine])) yield await readBatch(database, batch);
}

interface MovementRow {
  readonly n: number;
  readonly key: string;
  readonly month: string;
  readonly kind: GrantMovement["kind"];
  readonly amount: string;
}

async function readBatch(database: Database, batch: readonly Window[]): Promise<GrantMovement[]> {
  const rows = await readRows(
    database,
    sql<MovementRow>`
    select w.n, moved.key, to_char(l.at at time zone 'UTC', 'YYYY-MM') as month, moved.kind,
      sum(moved.amount)::text as amount
    from ${asRows(batch)}
    cross join lateral (
      select * from ledger l where l.customer_id = w.customer_id and l.pool_no = w.pool_no
        and l.seq > w.after_seq and l.seq <= w.until_seq
        and l.type not in ('hold_placed', 'hold_released', 'frozen', 'unfrozen') offset 0
    ) l
    cross join lateral (
      select draw.key, case l.type when 'expired' then 'expired' else 'earned' end as kind, -draw.amount as amount,
        null::bigint as place
      from unnest(l.draw_keys, l.draw_amounts) as draw (key, amount)
      where l.type in ('consumed', 'reversed', 'overage_repaid', 'expired') and draw.amount <> 0
      union all
      select l.about_seq, 'revoked', (l.details ->> 'revoked')::bigint, l.seq where l.type = 'revoked'
      union all
      select l.seq, 'sold', 0, l.seq where l.type = 'granted' and not coalesce(l.details ? 'isPaymentPending', false)
      union all
      select l.about_seq, 'sold', 0, l.seq
      where l.type in ('activated', 'updated') and coalesce(l.details -> 'isPaymentPending' = 'false', false)
    ) moved
    cross join lateral (
      select from grants g where g.customer_id = w.customer_id and g.pool_no = w.pool_no and g.key = moved.key
        and g.cost_basis_amount is not null limit 1
    ) priced
    group by w.n, moved.key, 3, moved.kind, moved.place
    order by w.n, moved.key, 3, moved.place nulls last`,
  );
  return rows.map((row) => toMovement(row, batch));
}

/** What was archived of the windows' pools: all of it in the month of the last archived entry. */
async function readArchived(database: Database, windows: readonly Window[]): Promise<GrantMovement[]> {
  const rows = await readRows(
    database,
    sql<MovementRow>`
    select w.n, g.key, to_char((timestamptz 'epoch' + (o.state ->> 'at')::bigint * interval '1 microsecond')
      at time zone 'UTC', 'YYYY-MM') as month, moved.kind, moved.amount::text as amount
    from ${asRows(windows)}
    join ledger_checkpoints c on c.customer_id = w.customer_id and c.pool_no = w.pool_no and c.seq > w.after_seq
    join ledger_openings o on o.customer_id = c.customer_id and o.pool_no = c.pool_no and o.seq = c.seq
    cross join lateral jsonb_to_recordset(o.state -> 'grants') as g (key bigint, amount bigint, remaining bigint,
      frozen bigint, revoked bigint, unsold bigint, expired bigint, activated boolean, "isPaymentPending" boolean)
    cross join lateral (values
      (1, 'revoked', g.unsold),
      (2, 'sold', case when g."isPaymentPending" then null else 0 end),
      (3, 'revoked', g.revoked - g.unsold),
      (4, 'expired', g.expired),
      (5, 'earned', case when g.activated then g.amount - g.remaining - g.frozen - g.revoked - g.expired else 0 end)
    ) as moved (place, kind, amount)
    cross join lateral (
      select from grants p where p.customer_id = w.customer_id and p.pool_no = w.pool_no and p.key = g.key
        and p.cost_basis_amount is not null limit 1
    ) priced
    where moved.amount is not null
    order by w.n, g.key, moved.place`,
  );
  return rows.map((row) => toMovement(row, windows));
}

function toMovement(row: MovementRow, windows: readonly Window[]): GrantMovement {
  const window = windows[row.n];
  if (!window) throw new Error("a movement was found in no window");
  const { key, month, kind, amount } = row;
  return { window, key: Number(key), month, kind, amount: BigInt(amount) };
}

/**
 * What of expired grants went on in rollovers: of the grant that expired, in the month in which it did.
 */
async function readRollovers(database: Database, windows: readonly Window[]): Promise<GrantMovement[]> {
  const rows = await readRows(
    database,
    sql<MovementRow>`
    select w.n, p.key, to_char(coalesce(x.at, o.at, c.at) at time zone 'UTC', 'YYYY-MM') as month, 'rolled' as kind,
      g.amount::text as amount
    from ${asRows(windows)}
    cross join lateral (
      select * from grants g where g.customer_id = w.customer_id and g.pool_no = w.pool_no
        and g.key > w.after_seq and g.key <= w.until_seq and g.source_kind = 'rollover' offset 0
    ) g
    cross join lateral (
      select p.key from grants p
      where p.customer_id = g.customer_id and p.grant_id = g.source_id and p.pool_no = g.pool_no limit 1
    ) p
    left join lateral (
      select l.at from ledger l where l.customer_id = g.customer_id and l.pool_no = g.pool_no
        and l.seq > p.key and l.seq < g.key and l.type = 'expired' and p.key = any(l.draw_keys)
      order by l.seq desc limit 1
    ) x on true
    left join ledger o on o.customer_id = g.customer_id and o.pool_no = g.pool_no and o.seq = g.key
    left join lateral (
      select timestamptz 'epoch' + (c.state ->> 'at')::bigint * interval '1 microsecond' as at
      from ledger_checkpoints c where c.customer_id = g.customer_id and c.pool_no = g.pool_no
      order by c.seq desc limit 1
    ) c on true
    order by w.n, g.key`,
  );
  return rows.map((row) => toMovement(row, windows));
}
