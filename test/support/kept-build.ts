import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Built files by name. */
export type Built = ReadonlyMap<string, string>;

/**
 * What `build` makes; the processes of a run make it once, for the first of them writes it into TEST_BUILDS_DIR. Two that
 * come at the same moment both build, and write the same.
 */
export async function keptBuild(name: string, build: () => Promise<Built>): Promise<Built> {
  const folder = process.env["TEST_BUILDS_DIR"];
  if (!folder) return build();
  const path = join(folder, `${name}.json`);
  const kept = await readFile(path, "utf8").catch(() => undefined);
  const parse: (text: string) => [string, string][] = JSON.parse;
  if (kept !== undefined) return new Map(parse(kept));
  const built = await build();
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify([...built]));
  await rename(draft, path);
  return built;
}

/** The same for what is one script. */
export async function keptScript(name: string, build: () => Promise<string>): Promise<string> {
  const built = await keptBuild(name, async () => new Map([[name, await build()]]));
  return built.get(name) ?? "";
}
