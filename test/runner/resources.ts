import { findChromium } from "../support/chromium.ts";
import { startPostgres, type OwnPostgres } from "../support/postgres.ts";

/** What several steps share: one Postgres and one Chromium, each found when the first step asks. */
export class Resources {
  #postgres: Promise<OwnPostgres> | undefined;
  #chromium: Promise<string> | undefined;

  async postgres(): Promise<NodeJS.ProcessEnv> {
    this.#postgres ??= announced(
      "Postgres",
      startPostgres(),
      (server) => `${server.version} ${server.binDir}`,
    );
    return { TEST_POSTGRES_URL: (await this.#postgres).adminUrl };
  }

  async chromium(): Promise<NodeJS.ProcessEnv> {
    this.#chromium ??= announced("Chromium", findChromium(), (path) => path);
    return { CHROME_PATH: await this.#chromium };
  }

  async stop(): Promise<void> {
    const server = await this.#postgres?.catch(() => undefined);
    await server?.stop();
  }
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
