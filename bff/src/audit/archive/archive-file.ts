import { mkdir, open, type FileHandle } from "node:fs/promises";
import { join, resolve } from "node:path";

/** The file of one run: made with its first line, so that a run without anything to archive leaves none. */
export class ArchiveFile {
  readonly path: string;
  readonly #directory: string;
  #handle: FileHandle | null = null;

  /** @param name the file's name in the directory, which is made if need be */
  constructor(directory: string, name: string) {
    this.#directory = resolve(directory);
    this.path = join(this.#directory, name);
  }

  get isMade(): boolean {
    return this.#handle !== null;
  }

  async write(lines: string): Promise<void> {
    this.#handle ??= await this.#make();
    await this.#handle.appendFile(lines);
  }

  /** Returns when everything written is on the disk, and the file in its directory. */
  async sync(): Promise<void> {
    await this.#handle?.sync();
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }

  async #make(): Promise<FileHandle> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    // Never over a file that is there: it may be all that is left of somebody's ledger.
    const made = await open(this.path, "ax", 0o600);
    const directory = await open(this.#directory, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return made;
  }
}
