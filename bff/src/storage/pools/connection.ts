import type { PostgresPoolClient } from "kysely";
import type { Database } from "../database.ts";
import { prepared } from "../dialects/prepared.ts";

/** One connection inside one transaction. Statements sent without waiting for one another are pipelined. */
export type Connection = PostgresPoolClient;

/** A statement of the write path, with the row that it gives. */
export interface Statement<Row> {
  readonly text: string;
  /** Only carries the type of the rows. */
  readonly row?: Row;
}

/** Declares a statement of the write path; it is prepared once a connection. */
export function statement<Row = never>(text: string): Statement<Row> {
  return { text: prepared(text) };
}

/** Runs a statement and gives its rows. */
export async function run<Row>(
  connection: Connection,
  { text }: Statement<Row>,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const { rows } = await connection.query<Row>(text, parameters);
  return rows;
}

const BEGIN = statement("begin");
const COMMIT = statement("commit");
const ROLLBACK = statement("rollback");

/** The commit took no place: the transaction had failed before. */
export class NotCommittedError extends Error {
  constructor() {
    super("the transaction was rolled back instead of committed");
    this.name = "NotCommittedError";
  }
}

/** Thrown when the commit was sent and no answer came: it may or may not have taken place. */
export class AmbiguousCommitError extends Error {
  constructor(cause: unknown) {
    super("the connection was lost during the commit", { cause });
    this.name = "AmbiguousCommitError";
  }
}

/**
 * Runs `work` on one connection between begin and commit. `work` gets a `begin` to pipeline with its first statements,
 * and gives back the promises of its last ones, so that the commit travels with them.
 * @throws AmbiguousCommitError when it cannot be known whether the commit took place.
 */
export async function inTransaction<Result>(
  database: Database,
  work: (
    connection: Connection,
    begun: Promise<unknown>,
  ) => Promise<{ result: Result; writes: Promise<unknown>[] }>,
): Promise<Result> {
  const connection = await database.connect();
  let broken = false;
  try {
    const begun = run(connection, BEGIN);
    const { result, writes } = await work(connection, begun);
    await commitWith(connection, writes);
    return result;
  } catch (error) {
    broken = isConnectionError(error) || !(await rolledBack(connection));
    throw error;
  } finally {
    connection.release(broken);
  }
}

/** Ends the transaction if it is still open. A connection that cannot even do that is not used again. */
async function rolledBack(connection: Connection): Promise<boolean> {
  try {
    await run(connection, ROLLBACK);
    return true;
  } catch {
    return false;
  }
}

async function commitWith(connection: Connection, writes: Promise<unknown>[]): Promise<void> {
  const [committed, ...written] = await Promise.allSettled([connection.query(COMMIT.text, []), ...writes]);
  const failed = written.find((write) => write.status === "rejected");
  if (failed && !isConnectionError(failed.reason)) throw failed.reason;
  if (committed?.status === "rejected") throw new AmbiguousCommitError(committed.reason);
  // A failed group answers COMMIT with ROLLBACK: only the tag tells.
  if (committed?.value.command === "ROLLBACK") throw new NotCommittedError();
}

/** Whether the connection died, as opposed to the database refusing a statement. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof AmbiguousCommitError) return true;
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (/^(08|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|53300)/.test(code)) return true;
  return code === "" && /connection|timeout exceeded|client was closed|not queryable/i.test(error.message);
}
