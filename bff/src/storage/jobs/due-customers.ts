import { sql } from "kysely";
import type { Database } from "../database.ts";

/** A customer with whom something has fallen due, by the time that the customer lives by. */
export interface DueCustomer {
  readonly customerId: string;
  /** Since when, in microseconds since 1970. */
  readonly dueAt: string;
}

/**
 * Everything that happens by itself, and when. Each part is in the order of an index, so that what is first due is found
 * without a look at the rest.
 */
const DUE = sql`(
  select next_due_at as due_at, customer_id from pools where next_due_at is not null
  union all
  select next_period_at, customer_id from subscriptions where next_period_at is not null
)`;

/** The time of a test clock passes when somebody says so. */
const IS_ON_NO_CLOCK = sql`not exists (
  select from customers c where c.customer_id = d.customer_id and c.test_clock_id is not null)`;

const MICROS = sql`floor(extract(epoch from d.due_at) * 1000000)::bigint::text`;

interface Row {
  readonly customer_id: string;
  readonly due_at: string;
}

/**
 * Some of the customers with whom something is due, the longest overdue first, those on test clocks last. A customer may
 * come more than once.
 * @param except customers to leave out
 */
export async function dueCustomers(
  { writer }: Database,
  limit: number,
  except: readonly string[],
): Promise<DueCustomer[]> {
  const { rows } = await sql<Row>`
    (
      select d.customer_id, ${MICROS} as due_at from ${DUE} d
      where d.due_at <= clock_timestamp() and d.customer_id <> all(${except}::text[]) and ${IS_ON_NO_CLOCK}
      order by d.due_at, d.customer_id limit ${limit}
    ) union all (
      select d.customer_id, ${MICROS} from customers c
      join test_clocks t on t.test_clock_id = c.test_clock_id
      join ${DUE} d on d.customer_id = c.customer_id and d.due_at <= t.now
      where c.test_clock_id is not null and d.customer_id <> all(${except}::text[])
      limit ${limit}
    )`.execute(writer);
  return rows.map(toDue);
}

/**
 * How long until something next falls due, in milliseconds: none or less if it is due already, null if nothing ever is.
 * Customers on test clocks are left out.
 * @param except customers to leave out
 */
export async function msUntilDue({ writer }: Database, except: readonly string[]): Promise<number | null> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from d.due_at - clock_timestamp()) * 1000)::float8 as ms from ${DUE} d
    where d.customer_id <> all(${except}::text[]) and ${IS_ON_NO_CLOCK}
    order by d.due_at limit 1`.execute(writer);
  return rows[0]?.ms ?? null;
}

/** Some of the customers of a test clock with whom something is due by it. A customer may come more than once. */
export async function dueOnTestClock(
  { writer }: Database,
  id: string,
  limit: number,
): Promise<DueCustomer[]> {
  const { rows } = await sql<Row>`
    select d.customer_id, ${MICROS} as due_at from customers c
    join test_clocks t on t.test_clock_id = c.test_clock_id
    join ${DUE} d on d.customer_id = c.customer_id and d.due_at <= t.now
    where c.test_clock_id = ${id}
    order by d.due_at, d.customer_id limit ${limit}`.execute(writer);
  return rows.map(toDue);
}

/**
 * What time it is on a test clock, and the millisecond by which something has next fallen due with its customers; nothing
 * without the clock.
 */
export async function nextOnTestClock(
  { writer }: Database,
  id: string,
): Promise<{ now: Date; nextDueAt: Date | null } | undefined> {
  const { rows } = await sql<{ now: Date; next_due_at: Date | null }>`
    select t.now, (
      select date_trunc('milliseconds', min(d.due_at) + interval '999 microseconds') from customers c join ${DUE} d on d.customer_id = c.customer_id
      where c.test_clock_id = t.test_clock_id
    ) as next_due_at
    from test_clocks t where t.test_clock_id = ${id}`.execute(writer);
  return rows[0] && { now: rows[0].now, nextDueAt: rows[0].next_due_at };
}

function toDue(row: Row): DueCustomer {
  return { customerId: row.customer_id, dueAt: row.due_at };
}
