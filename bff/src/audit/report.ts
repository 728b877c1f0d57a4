import { z } from "zod";
import { INVARIANTS } from "../storage/audit/finding.ts";

/** A broken invariant, and where it shows first. */
export const violation = z.object({
  invariant: z.enum(INVARIANTS),
  customerId: z.string(),
  /** Null where no pool is to blame, or it is not there. */
  creditTypeId: z.string().nullable(),
  /** Null for the default pool. */
  resourceId: z.string().nullable(),
  /** The first entry at which it shows; null where a stored state disagrees with all of them. */
  seq: z.number().nullable(),
  detail: z.string(),
});
export type Violation = z.infer<typeof violation>;

/** What an audit looked at, and what it found wrong. A schema, as reports also come from a running process. */
export const auditReport = z.object({
  pools: z.number(),
  entries: z.number(),
  violations: z.array(violation),
});
export type AuditReport = z.infer<typeof auditReport>;

const number = new Intl.NumberFormat("en");

/** The report for people: one line when all is well, else a line for each violation. */
export function formatAudit({ pools, entries, violations }: AuditReport): string {
  if (violations.length > 0) return formatViolations(violations);
  return `audited ${counted(pools, "pool", "pools")}, ${counted(entries, "entry", "entries")}: nothing wrong`;
}

/** A line for each violation. */
export function formatViolations(violations: readonly Violation[]): string {
  return violations.map(formatViolation).join("\n");
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

/** A number with its noun. */
export function counted(count: number, one: string, many: string): string {
  return `${number.format(count)} ${count === 1 ? one : many}`;
}
