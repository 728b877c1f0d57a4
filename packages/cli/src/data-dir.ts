import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readFileSync } from "node:fs";

/** Another process holds the directory. */
export class DataDirInUseError extends Error {
  readonly pid: number;

  constructor(directory: string, pid: number) {
    super(`${directory} is in use by process ${pid}: two processes on one embedded database would lose rows`);
    this.name = "DataDirInUseError";
    this.pid = pid;
  }
}

/** The directory is ours until it is released. */
export interface DataDirLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  /** Tells a process from a later one that was given its number; null where the system does not say. */
  readonly started: string | null;
}

/**
 * Takes the data directory for this process, making it if need be. The embedded database has no lock of its own.
 * What a killed process left behind is cleared away.
 * @throws DataDirInUseError when a living process holds it
 */
export async function lockDataDir(directory: string): Promise<DataDirLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "lock");
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
    if (holder && isAlive(holder)) throw new DataDirInUseError(directory, holder.pid);
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

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number") return null;
    return { pid: value.pid, started: "started" in value && typeof value.started === "string" ? value.started : null };
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  if (started !== null && startOf(pid) !== started) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** When a process began, in the kernel's own words. */
function startOf(pid: number): string | null {
  try {
    // Field 22; the name in field 2 may hold spaces, so counting begins behind it.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function isExists(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
