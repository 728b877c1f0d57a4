import type { Grant, GrantCategory, GrantTerms } from "./types.ts";

const CATEGORY_RANK: Record<GrantCategory, number> = { promo: 0, recurring: 1, paid: 2 };

/**
 * The order in which grants burn: priority, then earliest expiry (never-expiring last), then promo before recurring
 * before paid, then earliest effective, then oldest. The key ascends with age and is unique, so the order is total.
 */
export function compareBurnOrder(left: GrantTerms, right: GrantTerms): number {
  return (
    left.priority - right.priority ||
    compareExpiry(left.expiresAt, right.expiresAt) ||
    CATEGORY_RANK[left.category] - CATEGORY_RANK[right.category] ||
    left.effectiveAt - right.effectiveAt ||
    left.key - right.key
  );
}

function compareExpiry(left: number | null, right: number | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left - right;
}

/** The grants with one more, still in burn order. */
export function insertInBurnOrder(grants: readonly Grant[], grant: Grant): Grant[] {
  const at = grants.findIndex((other) => compareBurnOrder(grant, other) < 0);
  return at === -1 ? [...grants, grant] : grants.toSpliced(at, 0, grant);
}
