import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../support/processes.ts";

const script = join(import.meta.dirname, "../../widgets/scripts/size.ts");
type Sizes = Record<string, { gzip: number; budget: number }>;
const parse: (text: string) => { bundles: Sizes; downloads: Sizes; languages: Sizes } = JSON.parse;

test("no element is heavier than its budget, alone in one file or from the CDN", async () => {
  const { bundles, downloads, languages } = parse((await run(process.execPath, [script, "--json"])).stdout);
  const promised = {
    "credits-balance": 16_384,
    "credits-grants-table": 19_456,
    "credits-ledger": 19_456,
    "credits-usage-chart": 17_408,
    "credits-utilization-portal": 46_080,
  };
  for (const [name, budget] of Object.entries(promised)) assert.equal(bundles[name]?.budget, budget, name);
  for (const name of ["credits-top-up", "credits-auto-top-up", "chart"]) assert.ok(downloads[name], name);
  assert.deepEqual(Object.keys(languages).sort(), ["in ar", "in de", "in es", "in fr", "in ja"]);
  const all = [bundles, downloads, languages].flatMap((sizes) => Object.entries(sizes));
  for (const [name, { gzip, budget }] of all) assert.ok(gzip <= budget, `${name} has ${gzip} bytes`);
});
