import { sql } from "kysely";
import type { Database } from "../database.ts";
import { DUE_MICROS, type DueCustomer, type DueRow, everythingDue, toDue } from "./due-customers.ts";

/** Some of the customers of a test clock with whom something is due by it. A customer may come more than once. */
export async function dueOnTestClock(
  { writer }: Database,
  id: string,
  limit: number,
): Promise<DueCustomer[]> {
  const due = everythingDue((at) => sql`where s.customer_id = c.customer_id and ${at} <= t.now`);
  const { rows } = await sql<DueRow>`
    select d.customer_id, ${DUE_MICROS} as due_at from customers c
    join test_clocks t on t.test_clock_id = c.test_clock_id
    cross join lateral ${due} d
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
  const due = everythingDue((at) => sql`where s.customer_id = c.customer_id and ${at} is not null`);
  const { rows } = await sql<{ now: Date; next_due_at: Date | null }>`
    select t.now, (
      select date_trunc('milliseconds', min(d.due_at) + interval '999 microseconds')
      from customers c cross join lateral ${due} d where c.test_clock_id = t.test_clock_id
    ) as next_due_at
    from test_clocks t where t.test_clock_id = ${id}`.execute(writer);
  return rows[0] && { now: rows[0].now, nextDueAt: rows[0].next_due_at };
}

/** How many ledger entries the customers of a test clock have. */
export async function countEntriesOnTestClock({ writer }: Database, id: string): Promise<number> {
  const row = await writer
    .selectFrom("customers")
    .innerJoin("pools", "pools.customer_id", "customers.customer_id")
    .select((value) => value.fn.sum<string | null>("pools.seq").as("entries"))
    .where("customers.test_clock_id", "=", id)
    .executeTakeFirst();
  return Number(row?.entries ?? 0);
}
