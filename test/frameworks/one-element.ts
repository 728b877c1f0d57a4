import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build as bundle, type Plugin } from "esbuild";
import { build } from "vite";
import { root } from "../runner/commands.ts";
import type { WorldAccess } from "./world.ts";

const ELEMENT = "credits-balance";
/** What the packages are written in. */
const TARGET = "es2022";
const ENTRY = `import "@credits-kit/widgets/${ELEMENT}/define";\n`;

/** Of its own or of what it opens late: other elements, their drawing, and what is for servers. */
const FOREIGN =
  /^chart\.js|^@stripe|^zod|widgets\/dist\/(chart|paying|feed|list|credits-(?!balance\/|session\/))/;

interface Output {
  readonly code: string;
  /** What went into it, as paths. */
  readonly modules: readonly string[];
}

/** One file each: the element with all that it imports, without what it asks for later, and without what is Vite's own. */
const bundlers: Record<string, (folder: string) => Promise<Output>> = { esbuild: byEsbuild, Vite: byVite };

/** Bundles one element where the plain app has installed the packages. */
export function oneElement({ pathOf }: Pick<WorldAccess, "pathOf">): void {
  for (const [name, bundleEntry] of Object.entries(bundlers)) {
    test(`one element that is imported is one element, within its budget, when ${name} bundles it`, async (t) => {
      const folder = await pathOf("html");
      await writeFile(join(folder, "entry.js"), ENTRY);
      const { code, modules } = await bundleEntry(folder);
      // The provider that a balance may stand in comes with every element.
      assert.deepEqual(definedBy(modules), ["credits-balance", "credits-session"]);
      const foreign = modules.map(nameOf).filter((module) => FOREIGN.test(module));
      assert.deepEqual(foreign, []);

      const bytes = gzipSync(code, { level: 9 }).length;
      const budget = await budgetOf(ELEMENT);
      t.diagnostic(`${name}: ${ELEMENT} has ${bytes} bytes gzip, of ${budget}`);
      assert.ok(bytes <= budget, `${ELEMENT} has ${bytes} bytes gzip, of ${budget}`);
    });
  }
}

/** A module as the host imports it. */
const nameOf = (path: string): string => path.split("node_modules/").at(-1) ?? path;

const definedBy = (modules: readonly string[]): string[] =>
  modules.flatMap((module) => /dist\/(.+)\/define\.js$/.exec(module)?.[1] ?? []).sort();

async function byEsbuild(folder: string): Promise<Output> {
  const leaveLate: Plugin = {
    name: "leave-late",
    setup: ({ onResolve }) =>
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === "dynamic-import" ? { path, external: true } : undefined,
      ),
  };
  const { outputFiles, metafile } = await bundle({
    absWorkingDir: folder,
    entryPoints: ["entry.js"],
    plugins: [leaveLate],
    ...{ bundle: true, format: "esm", target: TARGET, minify: true, write: false, metafile: true },
  });
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return {
    code: outputFiles[0]?.text ?? "",
    modules: inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  };
}

async function byVite(folder: string): Promise<Output> {
  const leaveLate = {
    name: "leave-late",
    resolveDynamicImport: (path: unknown) => (typeof path === "string" ? { id: path, external: true } : null),
  };
  // What helps every application of Vite to load its files.
  const manualChunks = (id: string) => (id.includes("vite/preload-helper") ? "vite" : undefined);
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    plugins: [leaveLate],
    build: {
      ...{ write: false, target: TARGET, modulePreload: false, reportCompressedSize: false },
      rollupOptions: { input: join(folder, "entry.js"), output: { manualChunks } },
    },
  });
  const chunks = [result]
    .flat()
    .flatMap((part) => ("output" in part ? part.output : []))
    .flatMap((file) => (file.type === "chunk" ? [file] : []));
  const [entry, ...others] = chunks.filter(({ name }) => name !== "vite");
  assert.ok(entry && others.length === 0, "it is one file");
  const modules = Object.entries(entry.modules);
  return {
    code: entry.code,
    modules: modules.flatMap(([path, { renderedLength }]) => (renderedLength > 0 ? [path] : [])),
  };
}

/** What the element may weigh alone, as the table of `npm run size` says. */
async function budgetOf(element: string): Promise<number> {
  const table = await readFile(join(root, "widgets/scripts/size.ts"), "utf8");
  const [, bytes] = new RegExp(`BUNDLES[^]*?"${element}": \\{ bytes: ([\\d_]+)`).exec(table) ?? [];
  assert.ok(bytes, `the table of sizes has no ${element}`);
  return Number(bytes.replaceAll("_", ""));
}
