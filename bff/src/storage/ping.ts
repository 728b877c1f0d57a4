import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Asks the database for anything at all. */
export async function ping(database: Database): Promise<true> {
  await sql`select 1`.execute(database.writer);
  return true;
}
