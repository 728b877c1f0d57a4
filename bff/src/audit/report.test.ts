import assert from "node:assert/strict";
import { test } from "node:test";
import { type AuditReport, auditReport, formatAudit } from "./report.ts";

test("a report without violations is one line", () => {
  assert.equal(
    formatAudit({ pools: 12, entries: 3456, violations: [] }),
    "audited 12 pools, 3,456 entries: nothing wrong",
  );
  assert.equal(
    formatAudit({ pools: 1, entries: 1, violations: [] }),
    "audited 1 pool, 1 entry: nothing wrong",
  );
});

test("each violation is a line that says what, where and why", () => {
  const report: AuditReport = {
    pools: 2,
    entries: 9,
    violations: [
      {
        invariant: "I-3",
        customerId: "acme",
        creditTypeId: "images",
        resourceId: "team-1",
        seq: 7,
        detail: "4 and a delta of -1 end at 5",
      },
      {
        invariant: "I-1",
        customerId: "acme",
        creditTypeId: null,
        resourceId: null,
        seq: null,
        detail: "there are entries and no pool",
      },
    ],
  };
  assert.equal(
    formatAudit(report),
    "I-3: customer acme, images / team-1, entry 7: 4 and a delta of -1 end at 5\n" +
      "I-1: customer acme: there are entries and no pool",
  );
  assert.deepEqual(auditReport.parse(JSON.parse(JSON.stringify(report))), report);
});
