import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "vite";
import { leanLit } from "./lean-lit.ts";
import { minifyChunks } from "./minify-chunks.ts";
import { minifyCss } from "./minify-css.ts";

const widgets = join(import.meta.dirname, "..");
const ENTRY = "virtual:element";

/**
 * What an element weighs alone, as one file that holds these modules of `src` and all that they import: bytes after
 * `gzip -9`. What they import later is not in it.
 */
export async function weighBundle(modules: readonly string[]): Promise<number> {
  const result = await build({
    configFile: false,
    root: widgets,
    publicDir: false,
    logLevel: "error",
    plugins: [entryOf(modules), leanLit(), minifyCss(), minifyChunks()],
    esbuild: { target: "es2022" },
    build: {
      write: false,
      target: "esnext",
      minify: false,
      // Library mode leaves out what Vite adds to applications.
      lib: { entry: ENTRY, formats: ["es"], fileName: "element" },
      rollupOptions: { preserveEntrySignatures: false },
    },
  });
  const files = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
  const entry = files.find((file) => file.type === "chunk" && file.isEntry);
  if (entry?.type !== "chunk" || entry.imports.length > 0) throw new Error("it is not one file");
  return gzipSync(entry.code, { level: 9 }).length;
}

function entryOf(modules: readonly string[]): Plugin {
  return {
    name: "element",
    resolveId: (id) => (id.endsWith(ENTRY) ? ENTRY : undefined),
    load: (id) =>
      id === ENTRY
        ? modules.map((name, index) => keep(join(widgets, "src", name), `m${index}`)).join("\n")
        : undefined,
  };
}

/** Imports a module, with a use for all of it: what is loaded later defines nothing by itself, and would be left out. */
function keep(path: string, name: string): string {
  const from = JSON.stringify(path);
  return path.endsWith("define.ts")
    ? `import ${from};`
    : `import * as ${name} from ${from}; globalThis.${name} = ${name};`;
}
