import { freeOf, lesserOf } from "./figures.ts";
import type { LedgerWriter } from "./ledger-writer.ts";
import type { EntryType, Grant, GrantChange, Instant } from "./types.ts";

/**
 * Settles what became of credits that came free again at an instant, grant by grant in burn order: what was revoked or
 * expired meanwhile goes, what is disputed is frozen, and the rest repays overage.
 */
export function returnCredits(writer: LedgerWriter, grantKeys: readonly number[], at: Instant): void {
  const returned = writer.pool.grants.filter((grant) => grantKeys.includes(grant.key));
  for (const grant of returned) {
    const { key: grantKey, isRevoked, expiresAt, isFrozen } = grant;
    const free = freeOf(grant);
    if (free === 0n) continue;
    if (isRevoked) takeFree(writer, grant, { type: "revoked", at, change: { grantKey, revoked: free } });
    else if (expiresAt !== null && expiresAt <= at) takeFree(writer, grant, { type: "expired", at });
    else if (isFrozen) takeFree(writer, grant, { type: "frozen", at, change: { grantKey, isFrozen: true } });
    else repayOverage(writer, grantKey, at);
  }
}

/** Takes all that is free of a grant out of the balance. */
export function takeFree(
  writer: LedgerWriter,
  grant: Grant,
  { type, at, change }: { type: EntryType; at: Instant; change?: GrantChange },
): void {
  const free = freeOf(grant);
  writer.append({
    type,
    draws: free > 0n ? [{ grantKey: grant.key, amount: -free, heldChange: 0n }] : [],
    overageChange: 0n,
    occurredAt: at,
    ...(change && { change }),
  });
}

/** Lets what is free of a grant repay what the pool went below zero. */
export function repayOverage(writer: LedgerWriter, grantKey: number, at: Instant): void {
  const repaid = lesserOf(writer.pool.overage, freeOf(writer.grant(grantKey, [])));
  if (repaid === 0n) return;
  writer.append({
    type: "overage_repaid",
    draws: [{ grantKey, amount: -repaid, heldChange: 0n }],
    overageChange: -repaid,
    occurredAt: at,
  });
}
