import { sql } from "kysely";
import type { Database } from "../database.ts";

/** Whether a statement waits for a lock that somebody else holds, in this database. */
export async function isAnyoneWaiting(database: Database): Promise<boolean> {
  const { rows } = await sql`
    select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`.execute(
    database.writer,
  );
  return rows.length > 0;
}
