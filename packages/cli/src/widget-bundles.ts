import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Cdn, version } from "@credits-kit/bff";
import { type FileLock, takeFileLock } from "./file-lock.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const directory = join(root, "widgets/dist-cdn");
const cache = join(root, ".cache");
const SOURCES = [
  "widgets/src",
  "widgets/scripts",
  "packages/client/src/widget",
  "packages/amounts/src",
  "vite.config.ts",
  "package-lock.json",
];
const BUILD_POLL_MS = 100;

/** The widgets' bundles, built first if there are none or a source is newer. */
export async function ensureWidgetBundles(): Promise<Cdn> {
  if (!(await areFresh())) {
    await mkdir(cache, { recursive: true });
    const lock = await waitForLock(join(cache, "widget-bundles.lock"));
    try {
      // Whoever had the lock before may have built them.
      if (!(await areFresh())) await buildBundles();
    } finally {
      await lock.release();
    }
  }
  return { directory, version };
}

/** Builds aside and then takes the old ones' place, so that a process that serves them never serves half of them. */
async function buildBundles(): Promise<void> {
  const { build } = await import("vite");
  const made = join(cache, `bundles-${process.pid}`);
  const old = `${made}-old`;
  try {
    await build({ configFile: join(root, "vite.config.ts"), logLevel: "warn", build: { outDir: made } });
    await rename(directory, old).catch(() => undefined);
    await rename(made, directory);
  } finally {
    for (const left of [made, old]) await rm(left, { recursive: true, force: true });
  }
}

/** Takes turns with the other processes that start on this checkout. */
async function waitForLock(path: string): Promise<FileLock> {
  for (;;) {
    const lock = await takeFileLock(path);
    if (typeof lock !== "number") return lock;
    await sleep(BUILD_POLL_MS);
  }
}

async function areFresh(): Promise<boolean> {
  const built = await modifiedAt(join(directory, "credits-kit.js"));
  const newest = Math.max(...(await Promise.all(SOURCES.map((source) => newestIn(join(root, source))))));
  return built >= newest;
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
