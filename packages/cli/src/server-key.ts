import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createApiKey, type Config, type Database, ensureBootstrapKey } from "@credits-kit/bff";

/** A server key that this process may use, and where a person finds it. */
export interface ServerKey {
  readonly key: string;
  /** Null for a configured key: whoever configured it knows it. */
  readonly path: string | null;
}

/**
 * Finds or makes the first server key. One that is made is written to a file of the data directory that only its owner
 * can read; its path is what gets printed, never the key.
 */
export async function findServerKey(database: Database, config: Config): Promise<ServerKey> {
  const { key } = await ensureBootstrapKey(database, config);
  if (config.bootstrapApiKey !== null) return { key: config.bootstrapApiKey, path: null };
  const path = join(config.dataDir, "server-key");
  if (key !== null) {
    await writeFile(path, `${key}\n`, { mode: 0o600 });
    return { key, path };
  }
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept !== null) return { key: kept.trim(), path };
  // The file of an earlier start is gone (another machine, a new directory): that key cannot be shown again.
  const made = await createApiKey(database, { name: "start", mode: config.mode });
  await writeFile(path, `${made.key}\n`, { mode: 0o600 });
  return { key: made.key, path };
}
