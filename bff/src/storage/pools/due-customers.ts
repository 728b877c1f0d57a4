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
export const DUE = sql`(
  select next_due_at as due_at, customer_id from pools where next_due_at is not null
  union all
  select next_period_at, customer_id from subscriptions where next_period_at is not null
)`;

/** The time of a test clock passes when somebody says so. */
const IS_ON_NO_CLOCK = sql`not exists (
  select from customers c where c.customer_id = d.customer_id and c.test_clock_id is not null)`;

/** When a row of `DUE` named `d` was due, as `DueCustomer` tells it. */
export const DUE_MICROS = sql`floor(extract(epoch from d.due_at) * 1000000)::bigint::text`;

/** A row of what is due. */
export interface DueRow {
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
  const { rows } = await sql<DueRow>`
    (
      select d.customer_id, ${DUE_MICROS} as due_at from ${DUE} d
      where d.due_at <= clock_timestamp() and d.customer_id <> all(${except}::text[]) and ${IS_ON_NO_CLOCK}
      order by d.due_at, d.customer_id limit ${limit}
    ) union all (
      select d.customer_id, ${DUE_MICROS} from customers c
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

export function toDue(row: DueRow): DueCustomer {
  return { customerId: row.customer_id, dueAt: row.due_at };
}
