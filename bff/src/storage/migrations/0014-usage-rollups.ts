import type { Kysely } from "kysely";

/** Nothing yet. */
export async function up(_db: Kysely<unknown>): Promise<void> {}
