import type { Database } from "../database.ts";

export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly secret_hash: string;
}

/** The key with this hash, unless it is revoked. */
export function findApiKeyByHash(database: Database, secretHash: string): Promise<ApiKeyRow | undefined> {
  return database.writer
    .selectFrom("api_keys")
    .select(["id", "name", "secret_hash"])
    .where("secret_hash", "=", secretHash)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
}

/** Adds a key unless its id or its hash is taken. @returns whether it was added */
export async function insertApiKey(database: Database, key: ApiKeyRow): Promise<boolean> {
  const row = await database.writer
    .insertInto("api_keys")
    .values({ id: key.id, name: key.name, secret_hash: key.secret_hash })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Revokes a key. @returns whether there was one to revoke */
export async function revokeApiKey(database: Database, id: string): Promise<boolean> {
  const row = await database.writer
    .updateTable("api_keys")
    .set({ revoked_at: new Date() })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Revokes the keys whose id begins so, but for one. */
export async function revokeOtherApiKeys(
  database: Database,
  { idPrefix, keptId }: { idPrefix: string; keptId: string },
): Promise<void> {
  await database.writer
    .updateTable("api_keys")
    .set({ revoked_at: new Date() })
    .where((where) => where.fn("starts_with", ["id", where.val(idPrefix)]), "=", true)
    .where("id", "<>", keptId)
    .where("revoked_at", "is", null)
    .execute();
}
