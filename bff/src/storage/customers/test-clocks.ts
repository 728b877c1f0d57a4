import { type Kysely, type Selectable, sql } from "kysely";
import type { Database } from "../database.ts";
import { byKeyset, cutPage, type PageOf, type PageRequest } from "../keyset.ts";
import type { Tables, TestClocksTable } from "../tables.ts";

export type TestClockRow = Selectable<TestClocksTable>;

/** Adds a test clock, unless its id is taken. */
export function insertTestClock(
  transaction: Kysely<Tables>,
  { id, name, now }: { id: string; name: string | null; now: Date },
): Promise<TestClockRow | undefined> {
  return transaction
    .insertInto("test_clocks")
    .values({ test_clock_id: id, name, now })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findTestClock(db: Kysely<Tables>, id: string): Promise<TestClockRow | undefined> {
  return db.selectFrom("test_clocks").selectAll().where("test_clock_id", "=", id).executeTakeFirst();
}

export async function pageOfTestClocks(database: Database, page: PageRequest): Promise<PageOf<TestClockRow>> {
  const query = database.writer.selectFrom("test_clocks").selectAll();
  return cutPage(await byKeyset(query, { time: "created_at", id: "test_clock_id" }, page).execute(), page);
}

/** Whether there is such a clock; it then stays until this transaction ends. It may go forward meanwhile. */
export async function keepTestClock(transaction: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await transaction
    .selectFrom("test_clocks")
    .select("test_clock_id")
    .where("test_clock_id", "=", id)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** The clock, for whoever deletes it: waits for those who are about to put customers on it. */
export function lockTestClock(transaction: Kysely<Tables>, id: string): Promise<TestClockRow | undefined> {
  return transaction
    .selectFrom("test_clocks")
    .selectAll()
    .where("test_clock_id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

/** Some of the customers who live by a clock. */
export async function customersOnTestClock(db: Kysely<Tables>, id: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("customers")
    .select("customer_id")
    .where("test_clock_id", "=", id)
    .orderBy("customer_id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.customer_id);
}

/** Deletes a clock by which nobody lives. */
export async function deleteTestClockRow(transaction: Kysely<Tables>, id: string): Promise<void> {
  await transaction.deleteFrom("test_clocks").where("test_clock_id", "=", id).execute();
}

/** Lets a clock go forward, if nobody else has done so since it was looked at. */
export async function moveTestClock(
  db: Kysely<Tables>,
  { id, from, to }: { id: string; from: Date; to: Date },
): Promise<void> {
  await db
    .updateTable("test_clocks")
    .set({ now: to, advanced_at: sql<Date>`clock_timestamp()` })
    .where("test_clock_id", "=", id)
    .where("now", "=", from)
    .execute();
}

/** Whether the database refused a change of clocks: one that goes back, is in use, or is other than entries' own. */
export function isClockRefused(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "CK010";
}
