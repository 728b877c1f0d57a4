import type { InvariantId } from "../storage/audit/finding.ts";

/** A broken invariant, and where it shows first. */
export interface Violation {
  readonly invariant: InvariantId;
  readonly customerId: string;
  /** Null where no pool is to blame, or it is not there. */
  readonly creditTypeId: string | null;
  /** Null for the default pool. */
  readonly resourceId: string | null;
  /** The first entry at which it shows; null where a stored state disagrees with all of them. */
  readonly seq: number | null;
  readonly detail: string;
}

/** What an audit looked at, and what it found wrong. */
export interface AuditReport {
  readonly pools: number;
  readonly entries: number;
  readonly violations: readonly Violation[];
}

const number = new Intl.NumberFormat("en");

/** The report for people: one line when all is well, else a line for each violation. */
export function formatAudit({ pools, entries, violations }: AuditReport): string {
  if (violations.length > 0) return violations.map(formatViolation).join("\n");
  return `audited ${counted(pools, "pool", "pools")}, ${counted(entries, "entry", "entries")}: nothing wrong`;
}

function formatViolation({
  invariant,
  customerId,
  creditTypeId,
  resourceId,
  seq,
  detail,
}: Violation): string {
  const pool = [creditTypeId, resourceId].filter((name) => name !== null).join(" / ");
  const place = [
    `customer ${customerId}`,
    ...(pool ? [pool] : []),
    ...(seq === null ? [] : [`entry ${seq}`]),
  ];
  return `${invariant}: ${place.join(", ")}: ${detail}`;
}

function counted(count: number, one: string, many: string): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
