import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type FileLock, takeFileLock } from "./file-lock.ts";

/** Another process holds the directory. */
export class DataDirInUseError extends Error {
  readonly pid: number;

  constructor(directory: string, pid: number) {
    super(`${directory} is in use by process ${pid}: two processes on one embedded database would lose rows`);
    this.name = "DataDirInUseError";
    this.pid = pid;
  }
}

/**
 * Takes the data directory for this process, making it if need be. The embedded database has no lock of its own.
 * @throws DataDirInUseError when a living process holds it
 */
export async function lockDataDir(directory: string): Promise<FileLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const lock = await takeFileLock(join(directory, "lock"));
  if (typeof lock === "number") throw new DataDirInUseError(directory, lock);
  return lock;
}

/** Makes a folder for its owner alone. The embedded database makes files that anyone could write, whatever the umask. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
}
