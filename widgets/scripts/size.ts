import { join } from "node:path";
import { build } from "vite";
import { loadedWith, type Manifest } from "./manifest.ts";

/** What an element may weigh, Lit and everything else it loads in any case included. */
const BUDGETS: Record<string, number> = { "credits-balance": 16_384 };

const configFile = join(import.meta.dirname, "../../vite.config.ts");
const result = await build({ configFile, logLevel: "error", build: { write: false } });
const files = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
const source = files.find((file) => file.type === "asset" && file.fileName === "manifest.json");
if (source?.type !== "asset") throw new Error("the build wrote no manifest");
const parse: (text: string) => Manifest = JSON.parse;
const manifest = parse(String(source.source));

const sizes = Object.entries(BUDGETS).map(([name, budget]) => {
  return { name, gzip: loadedWith(`${name}.js`, manifest), budget };
});

if (process.argv.includes("--json")) {
  const table = sizes.map(({ name, gzip, budget }) => [name, { gzip, budget }]);
  console.log(JSON.stringify(Object.fromEntries(table), null, 2));
} else {
  for (const { name, gzip, budget } of sizes) {
    console.log(`${name.padEnd(24)} ${String(gzip).padStart(8)} bytes gzip, of ${budget}`);
  }
}
if (sizes.some(({ gzip, budget }) => gzip > budget)) {
  console.error("Over budget.");
  process.exitCode = 1;
}
