import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Tarball } from "../../packages/packing/src/pack.ts";
import { packedTarballs, unpackInto } from "../support/packed.ts";

const root = join(import.meta.dirname, "../..");

/** What the packages depend on, as an installation would bring it. */
const DEPENDENCIES = ["lit", "chart.js", "@stripe", "zod", "@asteasolutions", "@lit"];

export interface Host {
  readonly folder: string;
  readonly tarballs: readonly Tarball[];
  remove(): Promise<void>;
}

/** A project of somebody else's that has the packages installed, and what else it needs of this repository. */
export async function makeHost(brought: readonly string[] = []): Promise<Host> {
  const folder = await mkdtemp(join(tmpdir(), "credits-kit-host-"));
  const tarballs = await packedTarballs();
  await unpackInto(folder, tarballs);
  for (const name of [...DEPENDENCIES, ...brought]) {
    const place = join(folder, "node_modules", name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(join(root, "node_modules", name), place);
  }
  return { folder, tarballs, remove: () => rm(folder, { recursive: true }) };
}

/** Writes files into a host's folder. */
export async function writeInto({ folder }: Host, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
