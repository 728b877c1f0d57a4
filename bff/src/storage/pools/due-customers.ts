import { type RawBuilder, sql } from "kysely";
import type { Database } from "../database.ts";

/** A customer with whom something has fallen due, by the time that the customer lives by. */
export interface DueCustomer {
  readonly customerId: string;
  /** Since when, in microseconds since 1970. */
  readonly dueAt: string;
}

/** Where it stands what happens by itself, and when. Each has an index by that time, and one by the customer. */
const SOURCES = [
  { table: "pools", at: "next_due_at" },
  { table: "subscriptions", at: "next_period_at" },
] as const;

/**
 * Everything that happens by itself, as rows of `due_at` and `customer_id`: of each source `s` what the rest of the query
 * says, as only then its own index is used, and in its order.
 */
export function everythingDue(rest: (at: RawBuilder<unknown>) => RawBuilder<unknown>): RawBuilder<unknown> {
  const parts = SOURCES.map(({ table, at }) => {
    const column = sql.ref(`s.${at}`);
    return sql`(select ${column} as due_at, s.customer_id from ${sql.table(table)} s ${rest(column)})`;
  });
  return sql`(${sql.join(parts, sql` union all `)})`;
}

/** When a row of what is due, named `d`, was due, as `DueCustomer` tells it. */
export const DUE_MICROS = sql`floor(extract(epoch from d.due_at) * 1000000)::bigint::text`;

/** A row of what is due. */
export interface DueRow {
  readonly customer_id: string;
  readonly due_at: string;
}

/** The time of a test clock passes when somebody says so. */
const IS_ON_NO_CLOCK = sql`not exists (
  select from customers c where c.customer_id = s.customer_id and c.test_clock_id is not null)`;

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
  // The time as a query of its own is asked for once, so that the index is read only up to there.
  const inRealTime = everythingDue(
    (at) => sql`
      where ${at} <= (select clock_timestamp()) and s.customer_id <> all(${except}::text[]) and ${IS_ON_NO_CLOCK}
      order by ${at}, s.customer_id limit ${limit}`,
  );
  const onClocks = everythingDue((at) => sql`where s.customer_id = c.customer_id and ${at} <= t.now`);
  const { rows } = await sql<DueRow>`
    (
      select d.customer_id, ${DUE_MICROS} as due_at from ${inRealTime} d
      order by d.due_at, d.customer_id limit ${limit}
    ) union all (
      select d.customer_id, ${DUE_MICROS} from customers c
      join test_clocks t on t.test_clock_id = c.test_clock_id
      cross join lateral ${onClocks} d
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
  const first = everythingDue(
    (at) => sql`
      where ${at} is not null and s.customer_id <> all(${except}::text[]) and ${IS_ON_NO_CLOCK}
      order by ${at} limit 1`,
  );
  const { rows } = await sql<{ ms: number | null }>`
    select (extract(epoch from min(d.due_at) - clock_timestamp()) * 1000)::float8 as ms from ${first} d`.execute(
    writer,
  );
  return rows[0]?.ms ?? null;
}

export function toDue(row: DueRow): DueCustomer {
  return { customerId: row.customer_id, dueAt: row.due_at };
}
