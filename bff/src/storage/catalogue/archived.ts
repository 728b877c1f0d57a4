import { type RawBuilder, sql, type SqlBool } from "kysely";

/** What `archived_at` becomes. */
export function archivedAt(archived: boolean): RawBuilder<Date | null> {
  return archived ? sql<Date>`clock_timestamp()` : sql<null>`null`;
}

/** Asks for what is archived, or for what is not; undefined for both. */
export function isArchived(archived: boolean | undefined): RawBuilder<SqlBool> {
  if (archived === undefined) return sql<SqlBool>`true`;
  return archived ? sql<SqlBool>`archived_at is not null` : sql<SqlBool>`archived_at is null`;
}
