import { idArray } from "./array-literal.ts";
import { type Connection, run, statement } from "./connection.ts";

const FEATURES = statement<{ id: string }>(
  `select id from features where id = any($1::text[]) and archived_at is null`,
);

/** Which of these features there are. */
export async function existingFeatures(connection: Connection, ids: readonly string[]): Promise<Set<string>> {
  const rows = await run(connection, FEATURES, [idArray(ids)]);
  return new Set(rows.map((row) => row.id));
}

// The key share makes whoever archives a type wait for this transaction, and this one for them.
const CREDIT_TYPES = statement<{ id: string }>(`
  select id from credit_types where id = any($1::text[]) and archived_at is null order by id for key share`);

/** Which of these credit types there are and can be granted; they then stay so until this transaction ends. */
export async function usableCreditTypes(
  connection: Connection,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await run(connection, CREDIT_TYPES, [idArray(ids)]);
  return new Set(rows.map((row) => row.id));
}
