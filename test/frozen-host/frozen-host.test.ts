import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PNG } from "pngjs";
import { root } from "../runner/commands.ts";
import { differenceOf } from "../screenshots/compare.ts";
import { baselineOf, openFrozenHost, untilAllIsThere, WIDTHS_PX } from "./frozen-page.ts";

const failures = join(root, "test/screenshots/failures");

for (const name of ["page.html", "theme.css", "answers.json"]) {
  test(`${name} of the frozen host says that it is never edited`, async () => {
    const text = await readFile(join(import.meta.dirname, name), "utf8");
    assert.match(text.slice(0, 200), /frozen: never edited/);
  });
}

test("a host's page and theme of release 0.1.0 look as they did, and hear what they heard", async (t) => {
  const machine = `${process.platform} ${process.arch}`;
  // The browser that the pictures were taken with exists for this kind of machine alone.
  if (machine !== "linux x64") return t.diagnostic(`the pictures are for linux x64, this is ${machine}`);
  await using host = await openFrozenHost();
  const { page } = host;
  await untilAllIsThere(page);
  const found: string[] = [];
  for (const [name, widthPx] of Object.entries(WIDTHS_PX)) {
    const actual = PNG.sync.read(await host.picture(widthPx));
    const { width, height } = actual;
    const baseline = PNG.sync.read(await readFile(baselineOf(name)));
    const difference = differenceOf(actual, baseline, [{ name, left: 0, top: 0, width, height }]);
    if (!difference) continue;
    await mkdir(failures, { recursive: true });
    const picture = difference.picture ?? actual;
    await writeFile(join(failures, `frozen-host.${name}.png`), PNG.sync.write(picture));
    found.push(`${name} ${difference.text}`);
  }
  assert.deepEqual(found, [], `look at ${failures}; docs/compatibility.md says what may change`);

  await page.locator("#balance [part~=top-up-button]").first().click();
  const heard = await page.evaluate<[string, string, unknown][]>("heard");
  assert.deepEqual(heard.at(-1), [
    "credits-balance",
    "credits-top-up-request",
    { creditTypeId: "tokens", resourceId: null },
  ]);
  const loads = heard.map(([, type]) => type).filter((type) => type.endsWith("-load"));
  assert.deepEqual([...new Set(loads)].sort(), [
    "credits-balance-load",
    "credits-grants-table-load",
    "credits-ledger-load",
    "credits-usage-chart-load",
    "credits-utilization-portal-load",
  ]);
  // It was cancelled: the page sells by itself.
  assert.equal(await page.locator("credits-top-up[modal]").count(), 0);
});
