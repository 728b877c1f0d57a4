import type { GrantCategory } from "../pool/types.ts";

/*
 * What the reference model knows, and all that it knows: what was said of grants and holds, and who moved how much of
 * which grant from where to where. Nothing is kept of what that adds up to.
 */

/**
 * Where credits of a grant can be. They come from outside and wait; then they are free, reserved by a hold or frozen;
 * then they are burned, repaid for an overage, expired or revoked.
 */
export type Place =
  "outside" | "waiting" | "free" | `hold ${string}` | "frozen" | "burned" | "repaid" | "expired" | "revoked";

/** Credits of one grant that went from one place to another. */
export interface Transfer {
  /** The index in the history of the ask that was told at that time. */
  readonly asked: number;
  readonly grantId: string;
  readonly from: Place;
  readonly to: Place;
  readonly amount: bigint;
}

/** What counts in the burn order. `created` ascends with age: the index of the ask that granted it will do. */
export interface BurnTerms {
  priority: number;
  expiresAt: number | null;
  category: GrantCategory;
  effectiveAt: number;
  created: number;
}

/** What was last said of a grant. */
export interface GrantFact extends BurnTerms {
  readonly id: string;
  isPaymentPending: boolean;
  isFrozen: boolean;
  isRevoked: boolean;
}

/** What was last said of a hold. */
export interface HoldFact {
  readonly id: string;
  expiresAt: number;
  isOpen: boolean;
}

/** What an event owed beyond the grants, most often nothing; or, below zero, what its reversal let it off. */
export interface Bill {
  readonly asked: number;
  readonly amount: bigint;
  /** The index of the event that this takes back. */
  readonly reverses: number | null;
}

export class Facts {
  readonly grants: GrantFact[] = [];
  readonly holds: HoldFact[] = [];
  readonly transfers: Transfer[] = [];
  readonly bills: Bill[] = [];

  /** What is at these places, of one grant or of all. */
  count(isThere: (place: Place) => boolean, grantId?: string): bigint {
    return count(this.transfers, isThere, grantId);
  }

  at(place: Place, grantId?: string): bigint {
    return this.count((each) => each === place, grantId);
  }

  overage(): bigint {
    return sum(this.bills.map((bill) => bill.amount)) - this.at("repaid");
  }

  balance(): bigint {
    return this.count(isInBalance) - this.overage();
  }

  /** What can be burned or set aside now. */
  available(): bigint {
    return atLeastZero(this.at("free") - this.overage());
  }

  /** What the customer has or may come to have, of one grant or of all. */
  holdings(grantId?: string): bigint {
    return this.count((place) => isInBalance(place) || place === "frozen" || place === "waiting", grantId);
  }

  /** Whether its credits were in the balance at some time. */
  hasBegun(grantId: string): boolean {
    return this.transfers.some(
      ({ grantId: id, from, to }) => id === grantId && from === "waiting" && to === "free",
    );
  }

  grantsInBurnOrder(): GrantFact[] {
    return this.grants.toSorted((left, right) => byRows(rankInBurnOrder(left), rankInBurnOrder(right)));
  }
}

/** What transfers brought to these places less what they took from there, of one grant or of all. */
export function count(
  transfers: readonly Transfer[],
  isThere: (place: Place) => boolean,
  grantId?: string,
): bigint {
  let total = 0n;
  for (const transfer of transfers) {
    if (grantId !== undefined && transfer.grantId !== grantId) continue;
    if (isThere(transfer.to)) total += transfer.amount;
    if (isThere(transfer.from)) total -= transfer.amount;
  }
  return total;
}

/** Why nothing about a grant can change any more, or null where it can. */
export function goneAs({ isRevoked, expiresAt }: GrantFact, now: number): "revoked" | "expired" | null {
  if (isRevoked) return "revoked";
  return expiresAt !== null && expiresAt <= now ? "expired" : null;
}

export function isHold(place: Place): boolean {
  return place.startsWith("hold ");
}

export function isInBalance(place: Place): boolean {
  return place === "free" || isHold(place);
}

/** CONTRACT.md, rule 7, term by term: the lesser row burns first. */
export function rankInBurnOrder(grant: BurnTerms): number[] {
  const rank = ["promo", "recurring", "paid"].indexOf(grant.category);
  return [grant.priority, grant.expiresAt ?? Infinity, rank, grant.effectiveAt, grant.created];
}

/** Sorts rows of numbers as a dictionary sorts words. */
export function byRows(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((term, index) => term !== right[index]);
  return at === -1 ? 0 : Math.sign((left[at] ?? 0) - (right[at] ?? 0));
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

export function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}

function atLeastZero(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}
