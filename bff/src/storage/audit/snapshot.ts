import { setImmediate } from "node:timers/promises";
import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database, Tables } from "../database.ts";

/** A snapshot of the database, which the audit only reads. */
export type Snapshot = Transaction<Tables>;

/**
 * Runs work in a snapshot of its own. A snapshot holds back the cleaning of hot rows on Postgres, and the one session
 * of the embedded database, so it is taken for a slice rather than for the whole audit; everything that the audit
 * compares belongs to one customer, who is in one slice.
 */
export function inSnapshot<Result>(
  database: Database,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  return database.reader
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (snapshot) => {
      // A hot customer is read as a whole, which may take longer than a request may; the other cores are the product's.
      await sql`set local statement_timeout = 0`.execute(snapshot);
      await sql`set local max_parallel_workers_per_gather = 0`.execute(snapshot);
      return work(snapshot);
    });
}

/**
 * Runs a query of the audit, then lets the event loop turn. The embedded database answers without ever leaving it, so
 * that query upon query would keep timers, sockets and the write path from their turn until the audit ends.
 */
export async function read<Row>(snapshot: Snapshot, query: RawBuilder<Row>): Promise<Row[]> {
  const { rows } = await query.execute(snapshot);
  await setImmediate();
  return rows;
}
