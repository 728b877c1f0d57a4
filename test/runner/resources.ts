import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { writeMigratedDump } from "../../bff/src/storage/test-support/migrated-dump.ts";
import { openTestPostgres } from "../../bff/src/test-support/engines.ts";
import { findChromium } from "../support/chromium.ts";
import { startPostgres, type OwnPostgres } from "../support/postgres.ts";

/** What several steps share: each found or made when the first step asks. */
export class Resources {
  #postgres: Promise<OwnPostgres> | undefined;
  #chromium: Promise<string> | undefined;
  #embedded: Promise<string> | undefined;
  #template: Promise<string> | undefined;
  #builds: Promise<string> | undefined;

  async postgres(): Promise<NodeJS.ProcessEnv> {
    return { TEST_POSTGRES_URL: (await this.#server()).adminUrl };
  }

  /** A migrated database on that server, which suites copy: to migrate one takes longer than many of them. */
  async template(): Promise<NodeJS.ProcessEnv> {
    this.#template ??= makeMigratedTemplate(await this.#server());
    return { TEST_POSTGRES_TEMPLATE: await this.#template };
  }

  /** A migrated embedded database, as a file that tests begin from: making one takes seconds, and a hundred suites do. */
  async embedded(): Promise<NodeJS.ProcessEnv> {
    this.#embedded ??= makeMigratedDump();
    return { TEST_EMBEDDED_DUMP: await this.#embedded };
  }

  /** A folder for what tests build, so that they build it once. */
  async builds(): Promise<NodeJS.ProcessEnv> {
    this.#builds ??= mkdtemp(join(tmpdir(), "credits-kit-builds-"));
    return { TEST_BUILDS_DIR: await this.#builds };
  }

  async chromium(): Promise<NodeJS.ProcessEnv> {
    this.#chromium ??= announced("Chromium", findChromium(), (path) => path);
    return { CHROME_PATH: await this.#chromium };
  }

  #server(): Promise<OwnPostgres> {
    this.#postgres ??= announced(
      "Postgres",
      startPostgres(),
      (server) => `${server.version} ${server.binDir}`,
    );
    return this.#postgres;
  }

  async stop(): Promise<void> {
    const server = await this.#postgres?.catch(() => undefined);
    await server?.stop();
    const dump = await this.#embedded?.catch(() => undefined);
    const builds = await this.#builds?.catch(() => undefined);
    for (const folder of [dump && dirname(dump), builds]) if (folder) await rm(folder, { recursive: true });
  }
}

async function makeMigratedTemplate(server: OwnPostgres): Promise<string> {
  const url = await server.createDatabase();
  const database = await openTestPostgres(url);
  await database.close();
  return new URL(url).pathname.slice(1);
}

async function makeMigratedDump(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "credits-kit-embedded-")), "dump.tar");
  await writeMigratedDump(path);
  return path;
}

async function announced<Found>(
  name: string,
  finding: Promise<Found>,
  describe: (found: Found) => string,
): Promise<Found> {
  const found = await finding;
  console.log(`${name}: ${describe(found)}`);
  return found;
}
