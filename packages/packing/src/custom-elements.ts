import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { Program } from "typescript";
import { type Manifest, parseManifest } from "./generated/manifest.ts";
import { resolveTypes } from "./generated/resolve-types.ts";
import { compiled } from "./package-json.ts";

const execute = promisify(execFile);

const FILE = "custom-elements.json";

/**
 * Writes `custom-elements.json` of the elements in a folder's `src` into another one, for editors, documentation and
 * wrappers. Its modules are those of the package, its types are those that the program knows.
 */
export async function writeCustomElements(
  folder: string,
  outDir: string,
  program: Program,
): Promise<Manifest> {
  const manifest = await analyze(folder, outDir);
  resolveTypes(manifest, program, join(folder, "src/index.ts"));
  await writeFile(join(outDir, FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The same without a program: types are as they were written. */
export async function analyze(folder: string, outDir: string): Promise<Manifest> {
  // The analyser takes folders below its own only by their relative path.
  await execute("cem", ["analyze", "--quiet", "--outdir", relative(folder, outDir)], { cwd: folder });
  const text = (await readFile(join(outDir, FILE), "utf8")).replace(
    /"(?:\.?\/)?(src\/[^"]+\.ts)"/g,
    (_whole, source: string) => `"${compiled(`./${source}`).slice(2)}"`,
  );
  return parseManifest(text);
}
