import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from "kysely";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import { availableIn } from "../pools/available.ts";
import type { Tables } from "../tables.ts";
import type { PoolKey } from "./rules.ts";
import type { AutoTopUpAttemptsTable } from "./tables.ts";

export type AttemptRow = Selectable<AutoTopUpAttemptsTable>;
export type AttemptKey = Pick<AttemptRow, "customer_id" | "attempt_id">;

const OPEN = ["in_flight", "action_required"] as const;

/** Adds an attempt, unless the pool has one that is not over. */
export function insertAttempt(
  transaction: Kysely<Tables>,
  attempt: Insertable<AutoTopUpAttemptsTable>,
): Promise<AttemptRow | undefined> {
  return transaction
    .insertInto("auto_top_up_attempts")
    .values(attempt)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findAttempt(db: Kysely<Tables>, key: AttemptKey): Promise<AttemptRow | undefined> {
  return select(db, key).executeTakeFirst();
}

/** The attempt, which stays as it is until the transaction ends. */
export function lockAttempt(transaction: Kysely<Tables>, key: AttemptKey): Promise<AttemptRow | undefined> {
  return select(transaction, key).forUpdate().executeTakeFirst();
}

/** The attempt of a pool that is not over. */
export function findOpenAttempt(db: Kysely<Tables>, key: PoolKey): Promise<AttemptRow | undefined> {
  return ofPool(db, key).where("status", "in", OPEN).executeTakeFirst();
}

export function findLastAttempt(db: Kysely<Tables>, key: PoolKey): Promise<AttemptRow | undefined> {
  return ofPool(db, key).orderBy("created_at", "desc").orderBy("attempt_id", "desc").executeTakeFirst();
}

export async function storeAttempt(
  db: Kysely<Tables>,
  key: AttemptKey,
  change: Updateable<AutoTopUpAttemptsTable>,
): Promise<void> {
  await db
    .updateTable("auto_top_up_attempts")
    .set(change)
    .where("customer_id", "=", key.customer_id)
    .where("attempt_id", "=", key.attempt_id)
    .execute();
}

/** Takes an attempt that nobody goes on with, for a while. @returns whether it is ours */
export async function leaseAttempt(
  db: Kysely<Tables>,
  key: AttemptKey,
  { now, until }: { now: Date; until: Date },
): Promise<boolean> {
  const row = await db
    .updateTable("auto_top_up_attempts")
    .set({ leased_until: until })
    .where("customer_id", "=", key.customer_id)
    .where("attempt_id", "=", key.attempt_id)
    .where("status", "in", OPEN)
    .where("leased_until", "<=", now)
    .returning("attempt_id")
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Some of the attempts that are not over and that nobody goes on with, or whose order is over. One whose invoice was sent
 * waits for its payer, maybe for weeks: the comparison looks at it.
 */
export async function openAttempts(
  db: Kysely<Tables>,
  { now, limit }: { now: Date; limit: number },
): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptRow>`
    select a.* from auto_top_up_attempts a
    left join top_ups t on t.customer_id = a.customer_id and t.top_up_id = a.top_up_id
    where a.status in ('in_flight', 'action_required')
      and (t.status in ('paid', 'failed', 'expired', 'void')
        or (a.status = 'in_flight' and t.status = 'action_required')
        or t.invoice_status = 'uncollectible'
        or (a.leased_until <= ${now} and t.invoice_status is null)
        or a.action_until <= clock_of(a.customer_id))
    order by a.leased_until limit ${limit}`.execute(db);
  return rows;
}

/** What a rule is decided by, of one moment. Amounts are bigint text. */
export interface PoolFacts {
  readonly now: Date;
  /** Such as `2026-11`, in UTC. */
  readonly month: string;
  readonly available: string;
  /** Credits on their way. */
  readonly on_its_way: string;
  /** Of this month and currency: what succeeded. What is in flight is all of it. */
  readonly spent_minor: string;
  readonly in_flight_minor: string;
  /** When the attempts of the last ten minutes began, oldest first. */
  readonly recent: string[];
}

/**
 * Reads what a rule is decided by in one statement: credits that have just arrived are either in the pool or on their way,
 * never neither.
 */
export async function readPoolFacts(
  db: Kysely<Tables>,
  key: PoolKey,
  { currency, rateMinutes }: { currency: string | null; rateMinutes: number },
): Promise<PoolFacts> {
  const { customer_id, credit_type_id, resource_id } = key;
  const { rows } = await sql<PoolFacts>`
    with clock as materialized (
      select now, date_trunc('month', now at time zone 'UTC') at time zone 'UTC' as month_start
      from (select clock_of(${customer_id}) as now) c
    ), tries as (
      select a.*, coalesce(t.status = 'paid', false) as is_paid,
        a.status in ('in_flight', 'action_required') as is_open,
        -- Written off, and money that comes for it all the same is taken.
        coalesce(t.status = 'awaiting_payment' and t.invoice_status = 'uncollectible', false) as is_uncollectible,
        coalesce(t.release_on = 'issued' and t.invoice_status is not null, false) as is_released
      from auto_top_up_attempts a
      left join top_ups t on t.customer_id = a.customer_id and t.top_up_id = a.top_up_id
      where a.customer_id = ${customer_id} and a.credit_type_id = ${credit_type_id}
        and a.resource_id = ${resource_id}
        and (a.status in ('in_flight', 'action_required')
          or a.started_at >= (select least(month_start, now - ${rateMinutes} * interval '1 minute') from clock))
    )
    select c.now, to_char(c.now at time zone 'UTC', 'YYYY-MM') as month,
      ${availableIn({
        customerId: sql`${customer_id}`,
        creditTypeId: sql`${credit_type_id}`,
        resourceId: sql`${resource_id}`,
      })}::bigint as available,
      (coalesce((select sum(credits) from tries where is_open and not is_released), 0)
        + coalesce((
          select sum(t.credits) from top_ups t
          where t.customer_id = ${customer_id} and t.credit_type_id = ${credit_type_id}
            and t.resource_id = ${resource_id} and t.source_kind <> 'auto_top_up'
            and (t.status = 'processing' or (t.method = 'charge'
              and t.status in ('awaiting_payment', 'action_required')
              and t.created_at > clock_timestamp() - interval '1 day'))), 0))::bigint as on_its_way,
      coalesce((
        select sum(total_minor) from tries
        where (status = 'succeeded' or is_paid) and started_at >= c.month_start and currency = ${currency}), 0)::bigint
        as spent_minor,
      coalesce((
        select sum(total_minor) from tries
        where (is_open or (is_uncollectible and started_at >= c.month_start)) and not is_paid
          and currency = ${currency}), 0)::bigint as in_flight_minor,
      array(
        select (extract(epoch from started_at) * 1000)::bigint::text from tries
        where started_at > c.now - ${rateMinutes} * interval '1 minute' order by started_at) as recent
    from clock c`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("a clock tells the time");
  return row;
}

/** What time it is for a customer. */
export async function readCustomerClock(db: Kysely<Tables>, customerId: string): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_of(${customerId}) as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("a clock tells the time");
  return row.now;
}

export async function pageOfAttempts(
  db: Kysely<Tables>,
  key: PoolKey,
  page: PageRequest,
): Promise<PageOf<AttemptRow>> {
  const found = byKeyset(ofPool(db, key), { time: "created_at", id: "attempt_id" }, page);
  return cutPage(await found.execute(), page);
}

function ofPool(db: Kysely<Tables>, key: PoolKey) {
  return db
    .selectFrom("auto_top_up_attempts")
    .selectAll()
    .where("customer_id", "=", key.customer_id)
    .where("credit_type_id", "=", key.credit_type_id)
    .where("resource_id", "=", key.resource_id);
}

function select(db: Kysely<Tables>, { customer_id, attempt_id }: AttemptKey) {
  return db
    .selectFrom("auto_top_up_attempts")
    .selectAll()
    .where("customer_id", "=", customer_id)
    .where("attempt_id", "=", attempt_id);
}
