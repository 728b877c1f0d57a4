import type { Kysely } from "kysely";
import type { Database, Tables } from "./database.ts";

/** Statements that commit together. Pass it on: on the embedded database a query beside it would wait for ever. */
export type Transaction = Kysely<Tables>;

/** Runs work in one transaction of the writer; what it throws undoes everything. */
export function inTransaction<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.writer.transaction().execute(work);
}
