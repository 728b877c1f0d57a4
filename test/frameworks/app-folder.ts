import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, type InlineConfig } from "vite";
import { run } from "../support/processes.ts";

const apps = join(import.meta.dirname, "apps");
const cache = join(tmpdir(), `credits-kit-npm-${process.pid}`);

/** A folder outside of the repository, as empty as a host's on the first day. */
export interface AppFolder extends AsyncDisposable {
  readonly path: string;
  /** Copies an example app into it. */
  copy(app: string): Promise<void>;
  /** Installs what its package.json says and these packages, from this registry alone. */
  install(registry: string, packages?: readonly string[]): Promise<void>;
  /** Builds it by Vite with the plugins of this app. What it makes stands in `dist`. */
  build(app: string, options?: InlineConfig): Promise<void>;
}

/** A folder with a package.json alone. */
export async function emptyFolder(): Promise<AppFolder> {
  const path = await mkdtemp(join(tmpdir(), "credits-kit-app-"));
  await writeFile(join(path, "package.json"), JSON.stringify({ private: true, type: "module" }));
  return {
    path,
    copy: (app) =>
      cp(join(apps, app), path, { recursive: true, filter: (file) => !file.includes("node_modules") }),
    install: (registry, packages = []) => install(path, registry, packages),
    build: (app, options = {}) => buildIn(path, app, options),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

/** Removes what npm kept of packages between installations. */
export const forgetPackages = (): Promise<void> => rm(cache, { recursive: true, force: true });

async function install(folder: string, registry: string, packages: readonly string[]): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-update-notifier", "--loglevel=error"];
  const args = [
    "install",
    ...packages,
    "--registry",
    registry,
    "--cache",
    cache,
    "--fetch-retries=0",
    ...quiet,
  ];
  // Neither a proxy nor the settings of whoever runs the tests.
  await run("npm", args, { cwd: folder, env: { PATH: process.env["PATH"], HOME: folder } });
}

async function buildIn(folder: string, app: string, options: InlineConfig): Promise<void> {
  await build({
    root: folder,
    configFile: join(apps, app, "vite.config.ts"),
    configLoader: "native",
    logLevel: "error",
    // As while it is developed, which is when frameworks check most and say what they do not like.
    define: { "process.env.NODE_ENV": '"development"' },
    ...options,
    build: { minify: false, reportCompressedSize: false, ...options.build },
  });
}
