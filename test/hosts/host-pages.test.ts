import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "../..");

test("every test that the guide to host pages names is there, and every row has a test or an answer", async () => {
  const guide = await readFile(join(root, "docs/host-pages.md"), "utf8");
  const rows = guide
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
  assert.ok(rows.length >= 30, `${rows.length} rows`);
  for (const row of rows) {
    const [, theme = "", answer = ""] = row.split("|").map((cell) => cell.trim());
    assert.ok(theme.length > 3 && answer.length > 20, row);
  }
  const named = [...guide.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, path = ""]) => path);
  assert.ok(named.length > 25);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
});
