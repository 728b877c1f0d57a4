import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { extract } from "tar";
import { pack, type Tarball } from "../../packages/packing/src/pack.ts";

/** What the list of the packages is called, beside them. */
const LIST = "packed.json";

/**
 * The tarballs of all packages that are published. The processes of a run pack them once: the first of them leaves them in
 * TEST_BUILDS_DIR. Without that folder they stand in a temporary one until the process ends.
 */
export async function packedTarballs(): Promise<Tarball[]> {
  const builds = process.env["TEST_BUILDS_DIR"];
  if (!builds) return pack(folderOfThisProcess());
  const kept = join(builds, "tarballs");
  const found = await listIn(kept);
  if (found) return found;
  const draft = `${kept}.${process.pid}`;
  const names = (await pack(draft)).map(({ name, path }) => [name, basename(path)]);
  await writeFile(join(draft, LIST), JSON.stringify(names));
  // Whoever comes second finds a full folder there, which is as good as its own.
  await rename(draft, kept).catch(() => rm(draft, { recursive: true }));
  const packed = await listIn(kept);
  if (!packed) throw new Error(`There are no packages in ${kept}`);
  return packed;
}

/** Unpacks tarballs into a folder's `node_modules`, as an installation would, without what they depend on. */
export async function unpackInto(folder: string, tarballs: readonly Tarball[]): Promise<void> {
  for (const { name, path } of tarballs) {
    const place = join(folder, "node_modules", name);
    await mkdir(place, { recursive: true });
    await extract({ file: path, cwd: place, strip: 1 });
  }
}

async function listIn(folder: string): Promise<Tarball[] | undefined> {
  const text = await readFile(join(folder, LIST), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const parse: (text: string) => [string, string][] = JSON.parse;
  return parse(text).map(([name, file]) => ({ name, path: join(folder, file) }));
}

function folderOfThisProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), "credits-kit-packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
