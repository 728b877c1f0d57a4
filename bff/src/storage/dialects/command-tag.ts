import type { PostgresQueryResult } from "kysely";

/** What Kysely wants to know of a statement that ran. */
export type CommandTag = PostgresQueryResult<unknown>["command"];

const TAGS: readonly CommandTag[] = ["INSERT", "UPDATE", "DELETE", "MERGE", "COMMIT", "ROLLBACK"];

/** The tag by its text; what Kysely does not tell apart counts as a SELECT. */
export function commandTag(text: string): CommandTag {
  const word = text.trimStart().slice(0, 8).toUpperCase();
  return TAGS.find((tag) => word.startsWith(tag)) ?? "SELECT";
}
