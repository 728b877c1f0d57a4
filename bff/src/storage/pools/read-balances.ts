import { type Kysely, sql } from "kysely";
import type { Tables } from "../tables.ts";

/** A pool with everything that a balance is made of. Amounts are bigint text. */
export interface BalanceRow {
  readonly pool_no: number | null;
  readonly credit_type_id: string;
  readonly resource_id: string;
  readonly name: string;
  readonly symbol: string | null;
  readonly unit_singular: string;
  readonly unit_plural: string;
  readonly low_balance_thresholds: string[];
  readonly seq: string;
  readonly balance: string;
  readonly overage: string;
  /** Whether any grant ever began. */
  readonly ever_granted: boolean;
  /** What was granted by all grants that began and have not reached their end, and what was spent of it. */
  readonly granted: string;
  readonly used: string;
  /** What was granted by those that still hold something. */
  readonly active_amount: string;
  /** What open holds reserve. */
  readonly held: string;
  readonly scheduled: string;
  /** What waits to be paid. */
  readonly pending: string;
  readonly next_expiry_at: Date | null;
  readonly next_expiry_amount: string | null;
  /** When a plan gives into the pool next. */
  readonly next_refresh_at: Date | null;
  /** Where the auto top-up stands; null where none was set. */
  readonly auto_top_up: "off" | "on" | "stopped" | "needs_action" | null;
  /** Something has fallen due and is not in the ledger yet. */
  readonly due: boolean;
  readonly as_of: Date;
  /** The latest entries, oldest first; `at` in milliseconds. */
  readonly history: { seq: number; at: number; balance: string }[] | null;
}

export interface BalanceFilter {
  readonly customerId: string;
  readonly creditTypeId?: string | undefined;
  /** Empty for the default pool; left out for all. */
  readonly resourceId?: string | undefined;
  /** How many of the latest entries come with each pool. */
  readonly historyLength: number;
}

/**
 * Reads a customer's pools in one statement, so that all of them belong to one moment. Credit types that the customer
 * subscribes to appear even before their first entry, with nothing in them. What was granted and used in all may be more
 * than a pool can hold, so sums are numeric.
 */
export async function readBalances(db: Kysely<Tables>, filter: BalanceFilter): Promise<BalanceRow[]> {
  const { customerId, creditTypeId = null, resourceId = null, historyLength } = filter;
  const { rows } = await sql<BalanceRow>`
    with clock as materialized (
      select clock_of(${customerId}) as now
    ), recurring as (
      select exists (
        select from subscriptions s where s.customer_id = ${customerId} and s.next_period_at <= c.now) as due
      from clock c
    ), held as (
      select p.pool_no, p.credit_type_id, p.resource_id, p.seq, p.balance, p.overage,
        coalesce(p.next_due_at <= c.now, false) or r.due as due
      from pools p, clock c, recurring r where p.customer_id = ${customerId}
    ), shown as (
      select * from held
      union all
      select distinct null::int, v.credit_type_id, s.resource_id, 0::bigint, 0::bigint, 0::bigint, r.due
      from subscriptions s join plan_versions v on v.plan_id = s.plan_id and v.version = s.plan_version, clock c,
        recurring r
      where s.customer_id = ${customerId} and s.starts_at <= c.now and (s.ends_at is null or s.ends_at > c.now)
        and not exists (
          select from held where held.credit_type_id = v.credit_type_id and held.resource_id = s.resource_id)
    )
    select p.*, t.name, t.symbol, t.unit_singular, t.unit_plural, t.low_balance_thresholds,
      (
        select min(s.next_period_at)
        from subscriptions s join plan_versions v on v.plan_id = s.plan_id and v.version = s.plan_version
        where s.customer_id = ${customerId} and s.resource_id = p.resource_id and v.credit_type_id = p.credit_type_id
      ) as next_refresh_at,
      g.ever_granted, g.granted, g.used, g.active_amount, g.held, g.scheduled, g.pending, e.at as next_expiry_at,
      e.amount as next_expiry_amount, a.standing as auto_top_up, h.history,
      (select now from clock) as as_of
    from shown p
    join credit_types t on t.id = p.credit_type_id
    cross join lateral (
      select coalesce(bool_or(b.activated), false) as ever_granted,
        coalesce(sum(b.amount - b.revoked) filter (where b.activated and b.is_current), 0) as granted,
        coalesce(sum(b.amount - b.remaining - b.frozen - b.revoked) filter (where b.activated and b.is_current), 0)
          as used,
        coalesce(sum(b.amount) filter (where b.remaining > 0), 0) as active_amount,
        coalesce(sum(b.held), 0) as held,
        coalesce(sum(b.amount - b.revoked) filter (where b.open and not b.activated and not b.is_payment_pending), 0)
          as scheduled,
        coalesce(sum(b.amount - b.revoked) filter (where b.open and b.is_payment_pending), 0) as pending
      from (
        select b.*, b.expired = 0 and (t.expires_at is null or t.expires_at > c.now) as is_current
        from clock c, grant_balances b
        join grants t on t.customer_id = b.customer_id and t.pool_no = b.pool_no and t.key = b.key
        where b.customer_id = ${customerId} and b.pool_no = p.pool_no
      ) b
    ) g
    left join lateral (
      select t.expires_at as at, sum(b.remaining - b.held) as amount
      from grant_balances b
      join grants t on t.customer_id = b.customer_id and t.pool_no = b.pool_no and t.key = b.key
      where b.customer_id = ${customerId} and b.pool_no = p.pool_no and b.open and b.remaining > b.held
        and t.expires_at is not null
      group by t.expires_at order by t.expires_at limit 1
    ) e on true
    left join lateral (
      select case
          when not r.enabled then 'off'
          when exists (
            select from auto_top_up_attempts o where o.customer_id = r.customer_id
              and o.credit_type_id = r.credit_type_id and o.resource_id = r.resource_id and o.status = 'action_required'
          ) then 'needs_action'
          when r.suspended_reason is not null then 'stopped'
          -- A limit stops nothing while there is enough.
          when r.limited_in = to_char(c.now at time zone 'UTC', 'YYYY-MM') and p.balance - g.held < r.watch_below
            then 'stopped'
          else 'on'
        end as standing
      from auto_top_ups r, clock c
      where r.customer_id = ${customerId} and r.credit_type_id = p.credit_type_id and r.resource_id = p.resource_id
    ) a on true
    left join lateral (
      select json_agg(json_build_object('seq', l.seq, 'at', floor(extract(epoch from l.at) * 1000)::bigint,
        'balance', l.end_balance::text) order by l.seq) as history
      from (
        select seq, at, end_balance from ledger l
        where l.customer_id = ${customerId} and l.pool_no = p.pool_no order by l.seq desc limit ${historyLength}
      ) l
    ) h on true
    where (${creditTypeId}::text is null or p.credit_type_id = ${creditTypeId})
      and (${resourceId}::text is null or p.resource_id = ${resourceId})
    order by p.resource_id, p.credit_type_id`.execute(db);
  return rows;
}

/** Whether something of the customer has fallen due and is not in the ledger yet. */
export async function hasDuePools(db: Kysely<Tables>, customerId: string): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    with clock as materialized (select clock_of(${customerId}) as now)
    select exists (select from pools p, clock c where p.customer_id = ${customerId} and p.next_due_at <= c.now)
      or exists (
        select from subscriptions s, clock c where s.customer_id = ${customerId} and s.next_period_at <= c.now) as due`.execute(
    db,
  );
  return rows[0]?.due === true;
}
