import { join } from "node:path";
import { build } from "vite";
import { loadedWith, type Manifest } from "./manifest.ts";

interface Budget {
  bytes: number;
  /** An element that is there already: only what comes in addition counts. */
  beside?: string;
  /** A chunk that the element loads later, not a file of its own. */
  chunk?: boolean;
}

/** What an element may weigh, Lit and everything else it loads in any case included. Stripe's script is Stripe's. */
const BUDGETS: Record<string, Budget> = {
  "credits-balance": { bytes: 16_384 },
  "credits-top-up": { bytes: 18_432, beside: "credits-balance" },
  "credits-auto-top-up": { bytes: 24_576, beside: "credits-balance" },
  "credits-grants-table": { bytes: 19_456 },
  "grants-table-panel": { bytes: 6_144, beside: "credits-grants-table", chunk: true },
  "credits-usage-chart": { bytes: 17_408 },
  "usage-chart-panel": { bytes: 12_288, beside: "credits-usage-chart", chunk: true },
  chart: { bytes: 51_200, beside: "credits-usage-chart", chunk: true },
};

const configFile = join(import.meta.dirname, "../../vite.config.ts");
const result = await build({ configFile, logLevel: "error", build: { write: false } });
const files = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
const source = files.find((file) => file.type === "asset" && file.fileName === "manifest.json");
if (source?.type !== "asset") throw new Error("the build wrote no manifest");
const parse: (text: string) => Manifest = JSON.parse;
const manifest = parse(String(source.source));

const sizes = Object.entries(BUDGETS).map(([name, { bytes: budget, beside, chunk }]) => {
  const isChunk = (file: string) => file.startsWith(`chunks/${name}-`);
  const file = chunk === true ? Object.keys(manifest.files).find(isChunk) : `${name}.js`;
  const there = beside === undefined ? undefined : `${beside}.js`;
  return { name, gzip: loadedWith(file ?? name, manifest, there), budget };
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
