import assert from "node:assert/strict";
import { test } from "node:test";
import { type ArchiveReport, archiveReport, formatArchive } from "./archive-report.ts";

test("what was archived, and where it is, is one line", () => {
  assert.equal(
    formatArchive({ pools: 2, entries: 1234, file: "/var/ledger.ndjson", violations: [] }),
    "archived 1,234 entries of 2 pools into /var/ledger.ndjson",
  );
  assert.equal(
    formatArchive({ pools: 0, entries: 0, file: null, violations: [] }),
    "there is nothing to archive",
  );
});

test("what speaks against archiving is listed after what was archived", () => {
  const violation = {
    creditTypeId: "tok",
    resourceId: null,
    seq: null,
    detail: "the balance is 1, the entries 2",
  };
  const report: ArchiveReport = {
    pools: 1,
    entries: 1,
    file: "/a",
    violations: [{ invariant: "I-1", customerId: "acme", ...violation }],
  };
  assert.equal(
    formatArchive(report),
    "archived 1 entry of 1 pool into /a\nnot archived, as something is wrong:\n" +
      "I-1: customer acme, tok: the balance is 1, the entries 2",
  );
  assert.deepEqual(archiveReport.parse(JSON.parse(JSON.stringify(report))), report);
});
