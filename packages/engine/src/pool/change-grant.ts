import type { Grant, GrantChange } from "./types.ts";

/**
 * The grant with an entry's change. Its pool's grants are changed by `apply`; who keeps grants that their pool no longer
 * carries changes them with this, entry by entry, before taking in what the same decision closed.
 */
export function changeGrant(grant: Grant, change: GrantChange): Grant {
  return {
    ...grant,
    priority: change.priority ?? grant.priority,
    effectiveAt: change.effectiveAt ?? grant.effectiveAt,
    expiresAt: change.expiresAt === undefined ? grant.expiresAt : change.expiresAt,
    isPaymentPending: change.isPaymentPending ?? grant.isPaymentPending,
    isFrozen: change.isFrozen ?? grant.isFrozen,
    isRevoked: change.isRevoked ?? grant.isRevoked,
    revoked: grant.revoked + (change.revoked ?? 0n),
  };
}
