import { hash, randomBytes } from "node:crypto";
import { insertApiKey, revokeApiKey } from "../storage/auth/api-keys.ts";
import type { Database } from "../storage/database.ts";

/** A key as it is shown once. */
export interface NewApiKey {
  readonly id: string;
  readonly key: string;
}

/** What is kept of a key. The keys that we make are 192 random bits, so that a plain digest cannot be searched. */
export function hashOfKey(key: string): string {
  return hash("sha256", key, "hex");
}

/** Makes the text of a key: `ck_test_<id>_<secret>`. */
export function makeKey(mode: "test" | "live", id: string): string {
  return `ck_${mode}_${id}_${randomBytes(24).toString("hex")}`;
}

/** Creates a server key. The text is not kept: it can be shown now and never again. */
export async function createApiKey(
  database: Database,
  { name, mode }: { name: string; mode: "test" | "live" },
): Promise<NewApiKey> {
  const id = randomBytes(8).toString("hex");
  const key = makeKey(mode, id);
  await insertApiKey(database, { id, name, secret_hash: hashOfKey(key) });
  return { id, key };
}

export { revokeApiKey };
