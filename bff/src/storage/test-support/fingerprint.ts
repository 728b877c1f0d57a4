import { sql } from "kysely";
import type { Database } from "../database.ts";

/**
 * A digest of every row of every table, to tell that a refused request changed nothing. Where exports ended is left
 * out: reading notes it.
 */
export async function fingerprint(database: Database): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`
    select tablename as name from pg_tables
    where schemaname = 'public' and tablename not like 'kysely%' and tablename not like 'export%' order by 1`.execute(
    database.writer,
  );
  const digests: Record<string, string> = {};
  for (const { name } of tables) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ':' || md5(coalesce(string_agg(r::text, '|' order by r::text), '')) as digest
      from ${sql.table(name)} r`.execute(database.writer);
    digests[name] = rows[0]?.digest ?? "";
  }
  return digests;
}
