import type { Grant, GrantCategory, Pool } from "@credits-kit/engine";
import { idArray, numberArray, timeArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

/** Which pool is meant; `resourceId` is empty for the default pool. */
export interface PoolKey {
  readonly customerId: string;
  readonly creditTypeId: string;
  readonly resourceId: string;
}

/** A pool as it is stored, with its number within the customer. */
export interface StoredPool {
  readonly poolNo: number;
  readonly pool: Pool;
}

/** Where a stored pool stands. */
export interface PoolPosition {
  readonly poolNo: number;
  readonly seq: number;
}

const CLOCK = statement<{ now: string }>(`select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`);

/** The database's clock in milliseconds: the time that decides about money. */
export async function readClock(connection: Connection): Promise<number> {
  const [row] = await run(connection, CLOCK);
  return Number(row?.now);
}

const POSITIONS = statement<{ n: string; pool_no: number; seq: string }>(`
  select q.n, p.pool_no, p.seq
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as q (customer_id, credit_type_id, resource_id, n)
  cross join lateral (
    select * from pools p where p.customer_id = q.customer_id and p.credit_type_id = q.credit_type_id
      and p.resource_id = q.resource_id limit 1
  ) p`);

/** Where pools stand, by position in the list; pools that are not there yet are absent. */
export async function readPositions(
  connection: Connection,
  keys: readonly PoolKey[],
): Promise<Map<number, PoolPosition>> {
  const rows = await run(connection, POSITIONS, keyArrays(keys));
  return new Map(rows.map((row) => [Number(row.n) - 1, { poolNo: row.pool_no, seq: Number(row.seq) }]));
}

interface GrantJson {
  key: number;
  id: string;
  amount: string;
  remaining: string;
  category: GrantCategory;
  priority: number;
  effective_at: number;
  expires_at: number | null;
  activated: boolean;
}

// The outer order is the burn order of the engine, so that nothing has to be sorted again.
const LOAD = statement<{
  n: string;
  pool_no: number;
  seq: string;
  balance: string;
  overage: string;
  grants: GrantJson[] | null;
}>(`
  select q.n, p.pool_no, p.seq, p.balance, p.overage, g.grants
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as q (customer_id, credit_type_id, resource_id, n)
  cross join lateral (
    select * from pools p where p.customer_id = q.customer_id and p.credit_type_id = q.credit_type_id
      and p.resource_id = q.resource_id limit 1
  ) p
  left join lateral (
    select json_agg(json_build_object(
      'key', g.key, 'id', g.grant_id, 'amount', g.amount::text, 'remaining', g.remaining::text,
      'category', g.category, 'priority', g.priority, 'activated', g.activated,
      'effective_at', floor(extract(epoch from g.effective_at) * 1000)::bigint,
      'expires_at', floor(extract(epoch from g.expires_at) * 1000)::bigint
    ) order by g.priority, g.expires_at nulls last,
      array_position(array['promo', 'recurring', 'paid'], g.category), g.effective_at, g.key) as grants
    from grants g where g.customer_id = p.customer_id and g.pool_no = p.pool_no and g.open
  ) g on true`);

/** Loads pools with the grants that still matter, by position in the list. */
export async function loadPools(connection: Connection, keys: readonly PoolKey[]): Promise<Map<number, StoredPool>> {
  const rows = await run(connection, LOAD, keyArrays(keys));
  return new Map(
    rows.map((row) => [
      Number(row.n) - 1,
      {
        poolNo: row.pool_no,
        pool: {
          seq: Number(row.seq),
          balance: BigInt(row.balance),
          overage: BigInt(row.overage),
          grants: (row.grants ?? []).map(toGrant),
        },
      },
    ]),
  );
}

function toGrant(json: GrantJson): Grant {
  return {
    key: json.key,
    id: json.id,
    amount: BigInt(json.amount),
    remaining: BigInt(json.remaining),
    category: json.category,
    priority: json.priority,
    effectiveAt: json.effective_at,
    expiresAt: json.expires_at,
    activated: json.activated,
  };
}

const DUE = statement<{ customer_id: string; credit_type_id: string; resource_id: string }>(`
  select customer_id, credit_type_id, resource_id from pools
  where customer_id = any($1::text[]) and next_due_at <= clock_timestamp()`);

/** The pools of these customers in which something has fallen due. */
export async function duePools(connection: Connection, customerIds: readonly string[]): Promise<PoolKey[]> {
  const rows = await run(connection, DUE, [idArray(customerIds)]);
  return rows.map((row) => ({
    customerId: row.customer_id,
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id,
  }));
}

const LAST_POOL_NO = statement<{ customer_id: string; last: number }>(`
  select customer_id, max(pool_no) as last from pools where customer_id = any($1::text[]) group by customer_id`);

/** The highest pool number of each customer that has pools. */
export async function lastPoolNumbers(connection: Connection, customerIds: readonly string[]) {
  const rows = await run(connection, LAST_POOL_NO, [idArray(customerIds)]);
  return new Map(rows.map((row) => [row.customer_id, row.last]));
}

const DUE_TIMES = statement(`
  update pools p set next_due_at = q.next_due_at
  from unnest($1::text[], $2::int[], $3::timestamptz[]) as q (customer_id, pool_no, next_due_at)
  where p.customer_id = q.customer_id and p.pool_no = q.pool_no`);

/** Sets when something next happens in pools by itself. The customers must be locked. */
export function setDueTimes(
  connection: Connection,
  pools: readonly { customerId: string; poolNo: number; nextDueAt: number | null }[],
) {
  return run(connection, DUE_TIMES, [
    idArray(pools.map((pool) => pool.customerId)),
    numberArray(pools.map((pool) => pool.poolNo)),
    timeArray(pools.map((pool) => pool.nextDueAt)),
  ]);
}

function keyArrays(keys: readonly PoolKey[]): string[] {
  return [
    idArray(keys.map((key) => key.customerId)),
    idArray(keys.map((key) => key.creditTypeId)),
    idArray(keys.map((key) => key.resourceId)),
  ];
}
