import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** The file is ours until it is released. */
export interface FileLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that was given its number; null where the system does not say. */
  readonly started: string | null;
}

/**
 * Takes a lock for this process by making a file that must not be there yet. What a killed process left behind is
 * cleared away.
 * @returns the lock, or the id of the living process that has it
 */
export async function takeFileLock(path: string): Promise<FileLock | number> {
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder);
  for (;;) {
    try {
      await writeFile(path, mine, { flag: "wx", mode: 0o600 });
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if (!isExists(error)) throw error;
    }
    const found = await readFile(path, "utf8").catch(() => null);
    if (found === null) continue;
    const holder = parseHolder(found);
    if (holder && isAlive(holder)) return holder.pid;
    await clearStale(path, found);
  }
}

/** Moves a dead process's lock aside. Whoever moved a living one by mistake puts it back. */
async function clearStale(path: string, stale: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => null);
  if (moved !== null && moved !== stale) await rename(aside, path);
  else await rm(aside, { force: true });
}
