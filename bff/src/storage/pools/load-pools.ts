import { compareBurnOrder, type Grant, type GrantCategory, type Hold, type Pool } from "@credits-kit/engine";
import { idArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";
import { loadHolds } from "./load-holds.ts";

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

const CLOCK = statement<{ now: string }>(
  `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now`,
);

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

interface LoadedRow {
  n: string;
  pool_no: number;
  seq: string;
  balance: string;
  overage: string;
  key: string | null;
  grant_id: string;
  amount: string;
  remaining: string;
  category: GrantCategory;
  priority: number;
  effective_at: number;
  expires_at: number | null;
  activated: boolean;
  held: string;
  frozen: string;
  revoked: string;
  is_payment_pending: boolean;
  is_frozen: boolean;
  is_revoked: boolean;
}

// A row for each grant that still matters, and one without a grant for a pool that has none. Times are stored in whole
// milliseconds; seconds as a float lose none of them when rounded.
const LOAD = statement<LoadedRow>(`
  select q.n, p.pool_no, p.seq, p.balance, p.overage, g.key, g.grant_id, g.amount, g.remaining, g.category, g.priority,
    g.activated, g.held, g.frozen, g.revoked, g.is_payment_pending, g.is_frozen, g.is_revoked, round(date_part('epoch', g.effective_at) * 1000) as effective_at,
    round(date_part('epoch', g.expires_at) * 1000) as expires_at
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality as q (customer_id, credit_type_id, resource_id, n)
  cross join lateral (
    select * from pools p where p.customer_id = q.customer_id and p.credit_type_id = q.credit_type_id
      and p.resource_id = q.resource_id limit 1
  ) p
  left join lateral (
    select b.*, t.grant_id, t.category, t.priority, t.effective_at, t.expires_at
    from grant_balances b
    cross join lateral (
      select * from grants t where t.customer_id = b.customer_id and t.pool_no = b.pool_no and t.key = b.key limit 1
    ) t
    where b.customer_id = p.customer_id and b.pool_no = p.pool_no and b.open offset 0
  ) g on true`);

/** Loads pools with the grants that still matter, by position in the list. */
export async function loadPools(
  connection: Connection,
  keys: readonly PoolKey[],
): Promise<Map<number, StoredPool>> {
  const arrays = keyArrays(keys);
  const [rows, holds] = await Promise.all([run(connection, LOAD, arrays), loadHolds(connection, arrays)]);
  const loaded = new Map<number, { poolNo: number; pool: Pool; grants: Grant[] }>();
  for (const row of rows) {
    const place = Number(row.n) - 1;
    const known = loaded.get(place) ?? toPool(row, holds.get(place) ?? []);
    loaded.set(place, known);
    if (row.key !== null) known.grants.push(toGrant(row, row.key));
  }
  for (const { grants } of loaded.values()) grants.sort(compareBurnOrder);
  return loaded;
}

function toPool(row: LoadedRow, holds: readonly Hold[]): { poolNo: number; pool: Pool; grants: Grant[] } {
  const grants: Grant[] = [];
  const [balance, overage] = [BigInt(row.balance), BigInt(row.overage)];
  return { poolNo: row.pool_no, pool: { seq: Number(row.seq), balance, overage, grants, holds }, grants };
}

function toGrant(row: LoadedRow, key: string): Grant {
  return {
    key: Number(key),
    id: row.grant_id,
    amount: BigInt(row.amount),
    remaining: BigInt(row.remaining),
    category: row.category,
    priority: row.priority,
    effectiveAt: row.effective_at,
    expiresAt: row.expires_at,
    activated: row.activated,
    isPaymentPending: row.is_payment_pending,
    held: BigInt(row.held),
    frozen: BigInt(row.frozen),
    revoked: BigInt(row.revoked),
    isFrozen: row.is_frozen,
    isRevoked: row.is_revoked,
  };
}

const LAST_POOL_NO = statement<{ customer_id: string; last: number }>(`
  select customer_id, max(pool_no) as last from pools where customer_id = any($1::text[]) group by customer_id`);

/** The highest pool number of each customer that has pools. */
export async function lastPoolNumbers(connection: Connection, customerIds: readonly string[]) {
  const rows = await run(connection, LAST_POOL_NO, [idArray(customerIds)]);
  return new Map(rows.map((row) => [row.customer_id, row.last]));
}

function keyArrays(keys: readonly PoolKey[]): string[] {
  return [
    idArray(keys.map((key) => key.customerId)),
    idArray(keys.map((key) => key.creditTypeId)),
    idArray(keys.map((key) => key.resourceId)),
  ];
}
