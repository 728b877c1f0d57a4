import type { Database } from "../database.ts";
import { type Connection, run, statement } from "./connection.ts";

const BEGIN = statement("begin isolation level repeatable read read only");
const ROLLBACK = statement("rollback");

/** Reads on one connection as of one moment. The database itself refuses to write anything meanwhile. */
export async function inSnapshot<Result>(
  database: Database,
  read: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = await database.connect();
  let isUsable = false;
  try {
    await run(connection, BEGIN);
    return await read(connection);
  } finally {
    try {
      await run(connection, ROLLBACK);
      isUsable = true;
    } finally {
      connection.release(!isUsable);
    }
  }
}
