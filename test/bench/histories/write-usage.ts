import type pg from "pg";

/** A customer with a pool that has enough, and the usage that it gets. */
export interface UsageHistory {
  readonly customerId: string;
  readonly events: number;
  /** It goes back this far, and up to now. */
  readonly days: number;
  readonly features: number;
  readonly users: number;
}

/** A credit in micro-credits. */
const CREDIT = 1_000_000;
const DAY_MS = 86_400_000;
const PAGE = 50_000;

const FEATURES = `
  insert into features (id, name)
  select 'feature-' || n, 'Feature ' || n from generate_series(0, $1::int - 1) n on conflict do nothing`;

const USERS = `
  insert into customer_users (customer_id, user_no, user_id)
  select $1, n, 'user-' || n from generate_series(1, $2::int) n on conflict do nothing`;

/** $1 customer, $2 and $3 the first and last event, $4 seq before them, $5 balance before them, $6 begin and $7 distance. */
const EVENTS = `
  insert into ledger (customer_id, pool_no, seq, at, decided_at, occurred_at, type, delta, end_balance, overage_change,
    draw_keys, draw_amounts, source_kind, source_id, actor_kind, actor_id, feature_id, user_no, quantity, request_id)
  select $1, 1, $4::bigint + n, at, at, at, 'consumed', -${CREDIT}, $5::bigint - n * ${CREDIT}, 0, array[1],
    array[-${CREDIT}], 'event', 'used-' || n, 'api_key', 'key_bench', 'feature-' || (hashint8(n) & 65535) % $8::int,
    1 + (hashint8(n * 7) & 65535) % $9::int, ${CREDIT}, 'req_bench'
  from generate_series($2::bigint, $3::bigint) n
  cross join lateral (
    select timestamptz 'epoch' + ($6::bigint + floor(n * $7::float8)::bigint) * interval '1 millisecond' as at) time
  order by n`;

/**
 * Writes usage of many features and users as the owner, through the guard, in the order of time. The customer's pool
 * number 1 must be there, with a first grant that holds enough.
 */
export async function writeUsage(owner: pg.Client, history: UsageHistory): Promise<void> {
  const { customerId, events, days, features, users } = history;
  await owner.query(FEATURES, [features]);
  await owner.query(USERS, [customerId, users]);
  const { rows } = await owner.query<{ seq: string; balance: string }>(
    "select seq, balance from pools where customer_id = $1 and pool_no = 1",
    [customerId],
  );
  const [pool] = rows;
  if (!pool) throw new Error(`${customerId} has no pool`);
  const timing = [Date.now() - days * DAY_MS, (days * DAY_MS) / (events + 1)];
  for (let from = 1; from <= events; from += PAGE) {
    const to = Math.min(events, from + PAGE - 1);
    await owner.query(EVENTS, [customerId, from, to, pool.seq, pool.balance, ...timing, features, users]);
  }
}
