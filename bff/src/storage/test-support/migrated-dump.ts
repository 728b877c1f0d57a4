import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Kysely, PostgresDialect } from "kysely";
import { openPGlite, SingleSession } from "../dialects/pglite.ts";
import { migrate } from "../migrate.ts";
import type { Tables } from "../tables.ts";

/** What the file holds that TEST_EMBEDDED_DUMP names: a migrated, empty embedded database. None where it names none. */
export async function migratedDump(): Promise<Blob | undefined> {
  const path = process.env["TEST_EMBEDDED_DUMP"];
  return path ? await openAsBlob(path) : undefined;
}

/** Makes an embedded database from nothing, migrates it and writes it to a file. */
export async function writeMigratedDump(path: string): Promise<void> {
  const engine = await openPGlite(null);
  const owner = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new SingleSession(engine).as(null) }),
  });
  await migrate(owner);
  await engine.query("reset role");
  const dump = await engine.dumpDataDir("none");
  await writeFile(path, Buffer.from(await dump.arrayBuffer()));
  await engine.close();
}
