import type { Config } from "../config.ts";
import { findApiKeyByHash, insertApiKey, revokeOtherApiKeys } from "../storage/auth/api-keys.ts";
import type { Database } from "../storage/database.ts";
import { hashOfKey, makeKey } from "./api-key.ts";

const NAME = "bootstrap";
const CONFIGURED = "bootstrap-";

/**
 * Sees to it that a first server key exists. A configured key becomes one, and those that were configured before it
 * are revoked; without one, a key is made at the first start. Any number of replicas may start at once.
 * @returns the key, or null where one was made earlier: only its digest is known then
 */
export async function ensureBootstrapKey(
  database: Database,
  config: Pick<Config, "bootstrapApiKey" | "mode">,
): Promise<{ key: string | null }> {
  const { bootstrapApiKey } = config;
  if (bootstrapApiKey !== null) {
    await adopt(database, bootstrapApiKey);
    return { key: bootstrapApiKey };
  }
  // The id decides who of many made the key: it can be taken once.
  const key = makeKey(config.mode, NAME);
  const first = await insertApiKey(database, { id: NAME, name: NAME, secret_hash: hashOfKey(key) });
  return { key: first ? key : null };
}

async function adopt(database: Database, key: string): Promise<void> {
  const secretHash = hashOfKey(key);
  const id = `${CONFIGURED}${secretHash.slice(0, 16)}`;
  await insertApiKey(database, { id, name: NAME, secret_hash: secretHash });
  if (!(await findApiKeyByHash(database, secretHash))) {
    throw new Error("BOOTSTRAP_API_KEY is a key that was revoked: choose another one");
  }
  await revokeOtherApiKeys(database, { idPrefix: CONFIGURED, keptId: id });
}
