import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Cdn, version } from "@credits-kit/bff";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const directory = join(root, "widgets/dist-cdn");
const SOURCES = ["widgets/src", "widgets/scripts", "packages/client/src/widget", "vite.config.ts", "package-lock.json"];

/** The widgets' bundles, built first if there are none or a source is newer. */
export async function ensureWidgetBundles(): Promise<Cdn> {
  const built = await modifiedAt(join(directory, "credits-kit.js"));
  const newest = Math.max(...(await Promise.all(SOURCES.map((source) => newestIn(join(root, source))))));
  if (built < newest) {
    const { build } = await import("vite");
    await build({ configFile: join(root, "vite.config.ts"), logLevel: "warn" });
  }
  return { directory, version };
}

/** When a file or anything in a folder last changed; 0 if it is not there. */
async function newestIn(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Math.max(await modifiedAt(path), ...(await Promise.all(files.map(modifiedAt))));
}

async function modifiedAt(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0;
}
