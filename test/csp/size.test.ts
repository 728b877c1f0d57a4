import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../support/processes.ts";

const script = join(import.meta.dirname, "../../widgets/scripts/size.ts");
const parse: (text: string) => Record<string, { gzip: number; budget: number }> = JSON.parse;

test("no element is heavier than its budget", async () => {
  const { stdout } = await run(process.execPath, [script, "--json"]);
  const sizes = parse(stdout);
  const named = [
    "credits-balance",
    "credits-top-up",
    "credits-auto-top-up",
    "credits-grants-table",
    "credits-usage-chart",
  ];
  assert.deepEqual(
    named.filter((name) => !(name in sizes)),
    [],
  );
  for (const [name, { gzip, budget }] of Object.entries(sizes))
    assert.ok(gzip <= budget, `${name} has ${gzip} bytes`);
});
