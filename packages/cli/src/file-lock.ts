import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, readFile, rm, writeFile } from "node:fs/promises";

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
 * cleared away. The file's folder must exist.
 * @returns the lock, or the id of the living process that has it
 */
export async function takeFileLock(path: string): Promise<FileLock | number> {
  const id = randomUUID();
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid), id });
  for (;;) {
    if (await makeWhole(path, { content: mine, id })) return { release: () => rm(path, { force: true }) };
    const found = await readFile(path, "utf8").catch(() => null);
    if (found === null) continue;
    const holder = parseHolder(found);
    if (holder && isAlive(holder)) return holder.pid;
    await clearStale(path, found);
  }
}

/** Makes a file with its content at once: one that is still empty would look like a dead process's. */
async function makeWhole(path: string, { content, id }: { content: string; id: string }): Promise<boolean> {
  const aside = `${path}.${id}`;
  await writeFile(aside, content, { flag: "wx", mode: 0o600 });
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (isExists(error)) return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * Removes a dead process's lock. One at a time: of two that saw the same dead one, the slower would otherwise remove
 * what the faster has taken since.
 */
async function clearStale(path: string, stale: string): Promise<void> {
  const clearing = await takeFileLock(`${path}.clearing`);
  if (typeof clearing === "number") return;
  try {
    const found = await readFile(path, "utf8").catch(() => null);
    if (found === stale) await rm(path, { force: true });
  } finally {
    await clearing.release();
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("pid" in value) || typeof value.pid !== "number")
      return null;
    return {
      pid: value.pid,
      started: "started" in value && typeof value.started === "string" ? value.started : null,
    };
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

/** When a process began, in the kernel's own words; null for one that is dead and that nobody has reaped. */
function startOf(pid: number): string | null {
  try {
    // Fields 3 and 22; the name in field 2 may hold spaces, so counting begins behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function isExists(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
