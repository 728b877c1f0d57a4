import { join } from "node:path";
import { build } from "vite";
import { loadedWith, type Manifest } from "./manifest.ts";

interface Budget {
  bytes: number;
  /** An element that is there already: only what comes in addition counts. */
  beside?: string;
}

/** What an element may weigh, Lit and everything else it loads in any case included. Stripe's script is Stripe's. */
const BUDGETS: Record<string, Budget> = {
  "credits-balance": { bytes: 16_384 },
  "credits-top-up": { bytes: 18_432, beside: "credits-balance" },
};

const configFile = join(import.meta.dirname, "../../vite.config.ts");
const result = await build({ configFile, logLevel: "error", build: { write: false } });
const files = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
const source = files.find((file) => file.type === "asset" && file.fileName === "manifest.json");
if (source?.type !== "asset") throw new Error("the build wrote no manifest");
const parse: (text: string) => Manifest = JSON.parse;
const manifest = parse(String(source.source));

const sizes = Object.entries(BUDGETS).map(([name, { bytes: budget, beside }]) => {
  const there = beside === undefined ? 0 : loadedWith(`${beside}.js`, manifest);
  return { name, gzip: loadedWith(`${name}.js`, manifest) - there, budget };
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
