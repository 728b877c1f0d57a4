import { checkCommands } from "../storage/audit/check-commands.ts";
import { checkExports } from "../storage/audit/check-exports.ts";
import { checkGrantChanges } from "../storage/audit/check-grant-changes.ts";
import { checkGrants } from "../storage/audit/check-grants.ts";
import { checkHolds } from "../storage/audit/check-holds.ts";
import { checkAutoTopUps } from "../storage/audit/check-auto-top-ups.ts";
import { checkPayments } from "../storage/audit/check-payments.ts";
import { checkPools } from "../storage/audit/check-pools.ts";
import { checkReversals } from "../storage/audit/check-reversals.ts";
import { checkSeals } from "../storage/audit/check-seals.ts";
import { checkUsage } from "../storage/audit/check-usage.ts";
import type { Finding, Slice } from "../storage/audit/finding.ts";
import { countPools, namePools, nextSlice } from "../storage/audit/slices.ts";
import { inSnapshot, type Snapshot } from "../storage/audit/snapshot.ts";
import type { Database } from "../storage/database.ts";
import { replaySlice, type Replayed } from "./replay-slice.ts";
import type { AuditReport, Violation } from "./report.ts";

/** Slices that are audited at once: Postgres has a core for each, the embedded database has one session. */
const AT_ONCE = { postgres: 2, pglite: 1 } as const;

/**
 * Derives every balance again from the ledger, and looks whether the invariants of money hold. It reads as the
 * read-only role, a run of customers at a time, each in a snapshot of its own, while writes go on.
 */
export async function runAudit(database: Database): Promise<AuditReport> {
  const slices = await divide(database);
  const reports: AuditReport[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < slices.length; index = next++) {
      const slice = slices[index];
      if (!slice) return;
      const { report } = await inSnapshot(database, (snapshot) => auditSlice(snapshot, slice));
      reports[index] = report;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE[database.engine] }, work));
  const total = { pools: 0, entries: 0 };
  for (const { pools, entries } of reports) {
    total.pools += pools;
    total.entries += entries;
  }
  return { ...total, violations: reports.flatMap((report) => report.violations) };
}

/** Divides all customers, those of whom only rows are left included: the last slice has no end. */
async function divide(database: Database): Promise<Slice[]> {
  const slices: Slice[] = [];
  const { engine } = database;
  for (let after: string | null = null; ;) {
    const slice: Slice = await inSnapshot(database, (snapshot) => nextSlice(snapshot, { engine, after }));
    slices.push(slice);
    if (slice.until === null) return slices;
    after = slice.until;
  }
}

/** Audits a slice in a snapshot; also answers what the replay was to keep. */
export async function auditSlice(
  snapshot: Snapshot,
  slice: Slice,
  wanted?: Parameters<typeof replaySlice>[2],
): Promise<{ report: AuditReport; kept: Replayed["kept"] }> {
  const pools = await countPools(snapshot, slice);
  // The replay works while the database does.
  const [found, replayed] = await Promise.all([check(snapshot, slice), replaySlice(snapshot, slice, wanted)]);
  const { entries, findings, kept } = replayed;
  const violations = await toViolations(snapshot, [...found, ...findings]);
  return { report: { pools, entries, violations }, kept };
}

async function check(snapshot: Snapshot, slice: Slice): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const each of [
    checkPools,
    checkGrants,
    checkGrantChanges,
    checkHolds,
    checkCommands,
    checkPayments,
    checkAutoTopUps,
    checkReversals,
    checkSeals,
    checkUsage,
    checkExports,
  ]) {
    findings.push(...(await each(snapshot, slice)));
  }
  return findings;
}

/** Puts findings in the words of the product, a pool's together and in the order of the invariants. */
async function toViolations(snapshot: Snapshot, findings: readonly Finding[]): Promise<Violation[]> {
  if (findings.length === 0) return [];
  const names = await namePools(snapshot, findings);
  const violations = findings.map((finding): Violation => {
    const { creditTypeId, resourceId } = names.get(finding) ?? { creditTypeId: null, resourceId: null };
    const { invariant, customerId, seq, detail } = finding;
    return { invariant, customerId, creditTypeId, resourceId, seq, detail };
  });
  return violations.sort(
    (left, right) =>
      compare(left.customerId, right.customerId) ||
      compare(poolOf(left), poolOf(right)) ||
      numberOf(left) - numberOf(right),
  );
}

function poolOf({ creditTypeId, resourceId }: Violation): string {
  return `${creditTypeId ?? ""} ${resourceId ?? ""}`;
}

function numberOf({ invariant }: Violation): number {
  return Number(invariant.slice(2));
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
