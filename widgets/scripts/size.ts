import { join } from "node:path";
import { build } from "vite";
import { weighBundle } from "./bundle.ts";
import { loadedWith, type Manifest } from "./manifest.ts";

/** What an element may weigh alone, as one file with all its dependencies: everything that a person sees at first. */
const BUNDLES: Record<string, { bytes: number; modules?: string[] }> = {
  "credits-balance": { bytes: 16_384 },
  "credits-grants-table": { bytes: 19_456 },
  "credits-ledger": { bytes: 19_456 },
  // The shell: the panel and the chart come while the data are on their way.
  "credits-usage-chart": { bytes: 17_408 },
  // With everything that its tabs show at first; the chart's drawing, the auto top-up and the purchase have their own.
  "credits-utilization-portal": {
    bytes: 46_080,
    modules: [
      ...["panel", "forms"].map((name) => `credits-utilization-portal/${name}.ts`),
      ...["credits-grants-table", "credits-ledger", "credits-usage-chart"].map((name) => `${name}/define.ts`),
      "credits-usage-chart/panel.ts",
    ],
  },
};

interface Download {
  bytes: number;
  /** An element that is there already: only what comes in addition counts. */
  beside?: string;
  /** A chunk that the element loads later, not a file of its own. */
  chunk?: boolean;
}

/**
 * What a page loads of the CDN's files, which share what they share and are packed one by one: more than one file for
 * an element alone, and much less for the next one. Stripe's script is Stripe's.
 */
const DOWNLOADS: Record<string, Download> = {
  "credits-balance": { bytes: 16_384 },
  // With which the balance is live: it comes while the session is asked for.
  live: { bytes: 2_048, beside: "credits-balance", chunk: true },
  "credits-top-up": { bytes: 18_432, beside: "credits-balance" },
  "credits-auto-top-up": { bytes: 24_576, beside: "credits-balance" },
  "credits-grants-table": { bytes: 24_576 },
  "grants-table-refine": { bytes: 4_096, beside: "credits-grants-table", chunk: true },
  "credits-ledger": { bytes: 24_064 },
  "ledger-refine": { bytes: 4_608, beside: "credits-ledger", chunk: true },
  "credits-usage-chart": { bytes: 17_408 },
  "usage-chart-panel": { bytes: 12_288, beside: "credits-usage-chart", chunk: true },
  chart: { bytes: 51_200, beside: "credits-usage-chart", chunk: true },
  "credits-utilization-portal": { bytes: 17_408 },
  "portal-panel": { bytes: 15_360, beside: "credits-utilization-portal", chunk: true },
  "portal-forms": { bytes: 22_528, beside: "credits-utilization-portal", chunk: true },
};

/** The balance widget of the incumbent with its provider, before its client and React are counted. */
const INCUMBENT_BYTES = 253_747;

const configFile = join(import.meta.dirname, "../../vite.config.ts");
const [result, ...weights] = await Promise.all([
  build({ configFile, logLevel: "error", build: { write: false } }),
  ...Object.entries(BUNDLES).map(([name, { modules = [] }]) =>
    weighBundle([`${name}/define.ts`, ...modules]),
  ),
]);
const files = [result].flat().flatMap((part) => ("output" in part ? part.output : []));
const source = files.find((file) => file.type === "asset" && file.fileName === "manifest.json");
if (source?.type !== "asset") throw new Error("the build wrote no manifest");
const parse: (text: string) => Manifest = JSON.parse;
const manifest = parse(String(source.source));

interface Size {
  name: string;
  gzip: number;
  budget: number;
}

const bundles = Object.entries(BUNDLES).map(([name, { bytes: budget }], index): Size => {
  return { name, gzip: weights[index] ?? Infinity, budget };
});
const chunkOf = (name: string) =>
  Object.keys(manifest.files).find((file) => file.startsWith(`chunks/${name}-`));
const downloads = Object.entries(DOWNLOADS).map(([name, { bytes: budget, beside, chunk }]): Size => {
  const file = chunk === true ? chunkOf(name) : `${name}.js`;
  // An element that is there has its live stream.
  const live = name === "live" ? undefined : chunkOf("live");
  const there = beside === undefined ? [] : [`${beside}.js`, ...(live === undefined ? [] : [live])];
  return { name, gzip: file === undefined ? Infinity : loadedWith(file, manifest, there), budget };
});

/** What every element says, in a language that a page loads; what one element says besides is a file of its own. */
const LANGUAGE_BYTES = 1_536;
const languages = files.flatMap((file): Size[] => {
  if (file.type !== "chunk") return [];
  const [, code] = /src\/locales\/([a-z]+)\.ts$/.exec(file.facadeModuleId ?? "") ?? [];
  const gzip = manifest.files[file.fileName]?.gzip ?? Infinity;
  return code === undefined ? [] : [{ name: `in ${code}`, gzip, budget: LANGUAGE_BYTES }];
});

const lines = (sizes: readonly Size[]) =>
  sizes.map(
    ({ name, gzip, budget }) =>
      `  ${name.padEnd(24)} ${String(gzip).padStart(8)} bytes gzip, of ${budget}: ${share(gzip)} of the incumbent's`,
  );
const share = (gzip: number) => `${((100 * gzip) / INCUMBENT_BYTES).toFixed(1)} %`;

if (process.argv.includes("--json")) {
  const table = (sizes: readonly Size[]) =>
    Object.fromEntries(sizes.map(({ name, gzip, budget }) => [name, { gzip, budget }]));
  console.log(
    JSON.stringify(
      { bundles: table(bundles), downloads: table(downloads), languages: table(languages) },
      null,
      2,
    ),
  );
} else {
  console.log(`The incumbent's balance widget with its provider: ${INCUMBENT_BYTES} bytes gzip`);
  console.log(["An element alone, in one file", ...lines(bundles)].join("\n"));
  console.log(["From the CDN", ...lines(downloads)].join("\n"));
  console.log(["Words of all elements", ...lines(languages)].join("\n"));
}
if ([...bundles, ...downloads, ...languages].some(({ gzip, budget }) => gzip > budget)) {
  console.error("Over budget.");
  process.exitCode = 1;
}
