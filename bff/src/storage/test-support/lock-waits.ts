import { sql } from "kysely";
import type { Database } from "../database.ts";

/** Whether a statement waits for a lock that somebody else holds, in this database. */
export async function isAnyoneWaiting(database: Database): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
    where a.datname = current_database() and not l.granted`.execute(database.writer);
  return rows.length > 0;
}
