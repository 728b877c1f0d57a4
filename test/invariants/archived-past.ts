import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveLedger } from "../../bff/src/audit/archive/archive-ledger.ts";
import type { ArchiveReport } from "../../bff/src/audit/archive/archive-report.ts";
import type { OwnedDatabase } from "./owned-database.ts";
import { DAY } from "./random-commands.ts";

/** Archives into a folder of its own, for tests. */
export class ArchivedPast {
  readonly #owned: OwnedDatabase;
  readonly directory: string;

  private constructor(owned: OwnedDatabase, directory: string) {
    this.#owned = owned;
    this.directory = directory;
  }

  static async open(owned: OwnedDatabase): Promise<ArchivedPast> {
    return new ArchivedPast(owned, await mkdtemp(join(tmpdir(), "credits-kit-archive-")));
  }

  /** Archives what was written longer ago. */
  archive(daysAgo: number): Promise<ArchiveReport> {
    return archiveLedger({
      database: this.#owned.database,
      owner: this.#owned.asOwner,
      before: Date.now() - daysAgo * DAY,
      directory: this.directory,
    });
  }

  /** Every line of every file. */
  async lines(): Promise<Record<string, unknown>[]> {
    const files = await readdir(this.directory);
    const texts = await Promise.all(files.map((file) => readFile(join(this.directory, file), "utf8")));
    const lines = texts.flatMap((text) => text.split("\n").filter((line) => line !== ""));
    return lines.map((line): Record<string, unknown> => {
      const parsed: unknown = JSON.parse(line);
      return { ...(typeof parsed === "object" ? parsed : {}) };
    });
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true });
  }
}
