import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { RECONCILIATION_KINDS } from "@credits-kit/contract";

test("whoever finds something on the list of the comparison reads what to do about it", async () => {
  const names = ["payments.md", "invoices.md", "refunds-and-disputes.md"];
  const manuals = await Promise.all(
    names.map((name) => readFile(new URL(`../../docs/${name}`, import.meta.url), "utf8")),
  );
  for (const kind of RECONCILIATION_KINDS)
    assert.ok(
      manuals.some((manual) => manual.includes(`\`${kind}\``)),
      kind,
    );
});
