import { type MicroCredits, priceOf, type PricePerCredit } from "@credits-kit/amounts";
import type { Movement } from "./movements.ts";

/*
 * Revenue of one grant. Its value is what its credits cost, rounded once. The value is deferred until it leaves the
 * grant: earned as credits burn, breakage where they expire, refunded where they are revoked, and rolled out where what
 * expired goes on in another grant, whose value it then is.
 *
 * Each figure up to the end of a month is a difference of roundings of what left so far, and the month's figure is what
 * it grew by. So the figures of any month's end add up to the value, whatever the price, and the months to the total.
 */

/** A grant that has a price. */
export interface PricedGrant {
  readonly amount: MicroCredits;
  readonly price: PricePerCredit;
  /** It carries on what another grant lost by expiry: its value was paid there. */
  readonly isRollover: boolean;
}

/** What became of a grant's value; what came in equals all that went out and what is deferred. */
export interface RevenueFigures {
  readonly paid: bigint;
  readonly rolledIn: bigint;
  readonly recognised: bigint;
  readonly breakage: bigint;
  readonly refunded: bigint;
  readonly rolledOut: bigint;
  /** At the end of the month; all others are the month's own. */
  readonly deferred: bigint;
}

export interface RevenueMonth {
  /** Such as `2026-03`. */
  readonly month: string;
  readonly credits: RevenueFigures;
  /** In minor units of the price's currency. */
  readonly minor: RevenueFigures;
}

/** A movement with the month in which the ledger took it. */
export interface DatedMovement extends Movement {
  readonly month: string;
}

/**
 * The months in which something became of a grant's value, from its movements in the order of the ledger. A grant that
 * waits to be paid has none, and what is revoked of it before it is paid never was part of its value.
 */
export function revenueByMonth(grant: PricedGrant, movements: Iterable<DatedMovement>): RevenueMonth[] {
  const months: RevenueMonth[] = [];
  let before = figuresOf(grant, NOTHING);
  let so = NOTHING;
  let month: string | null = null;
  const close = (): void => {
    if (month === null) return;
    const after = figuresOf(grant, so);
    if (so.isSold) months.push({ month, ...grownBy(before, after) });
    before = after;
  };
  for (const movement of movements) {
    if (movement.month !== month) close();
    month = movement.month;
    so = moved(grant, so, movement);
  }
  close();
  return months;
}

/** What left a grant so far. */
interface Left {
  readonly isSold: boolean;
  /** Revoked before it was sold. */
  readonly unsold: MicroCredits;
  readonly earned: MicroCredits;
  readonly expired: MicroCredits;
  readonly revoked: MicroCredits;
  readonly rolled: MicroCredits;
  /** The value of the grants in which it went on, in minor units: each was rounded by itself. */
  readonly rolledMinor: bigint;
}

const NOTHING: Left = {
  isSold: false,
  ...{ unsold: 0n, earned: 0n, expired: 0n, revoked: 0n, rolled: 0n, rolledMinor: 0n },
};

function moved({ price }: PricedGrant, left: Left, { kind, amount }: Movement): Left {
  switch (kind) {
    case "sold":
      return { ...left, isSold: true };
    case "earned":
      return { ...left, earned: left.earned + amount };
    case "expired":
      return { ...left, expired: left.expired + amount };
    case "rolled":
      return {
        ...left,
        rolled: left.rolled + amount,
        rolledMinor: left.rolledMinor + priceOf(amount, price),
      };
    case "revoked":
      return left.isSold
        ? { ...left, revoked: left.revoked + amount }
        : { ...left, unsold: left.unsold + amount };
  }
}

interface Both {
  readonly credits: RevenueFigures;
  readonly minor: RevenueFigures;
}

/** The figures from the beginning on, in credits and in minor units. */
function figuresOf(grant: PricedGrant, left: Left): Both {
  const sold = left.isSold ? grant.amount - left.unsold : 0n;
  const { earned: recognised, revoked: refunded, rolled: rolledOut } = left;
  const breakage = left.expired - rolledOut;
  const deferred = sold - rolledOut - refunded - breakage - recognised;
  const credits = comingIn(grant, sold, { recognised, breakage, refunded, rolledOut, deferred });

  const costOf = (amount: MicroCredits) => priceOf(amount, grant.price);
  // What goes on must be what comes in elsewhere, and what is paid back is what was paid: so these are rounded first,
  // and what is earned takes the rest.
  const refundedMinor = costOf(rolledOut + refunded) - costOf(rolledOut);
  const breakageMinor = costOf(rolledOut + refunded + breakage) - costOf(rolledOut + refunded);
  const deferredMinor = costOf(sold) - costOf(sold - deferred);
  const minor = comingIn(grant, costOf(sold), {
    rolledOut: left.rolledMinor,
    refunded: refundedMinor,
    breakage: breakageMinor,
    recognised: costOf(sold - deferred) - left.rolledMinor - refundedMinor - breakageMinor,
    deferred: deferredMinor,
  });
  return { credits, minor };
}

function comingIn(
  { isRollover }: PricedGrant,
  value: bigint,
  rest: Omit<RevenueFigures, "paid" | "rolledIn">,
): RevenueFigures {
  return { paid: isRollover ? 0n : value, rolledIn: isRollover ? value : 0n, ...rest };
}

function grownBy(before: Both, after: Both): Both {
  return {
    credits: difference(before.credits, after.credits),
    minor: difference(before.minor, after.minor),
  };
}

function difference(before: RevenueFigures, after: RevenueFigures): RevenueFigures {
  return {
    paid: after.paid - before.paid,
    rolledIn: after.rolledIn - before.rolledIn,
    recognised: after.recognised - before.recognised,
    breakage: after.breakage - before.breakage,
    refunded: after.refunded - before.refunded,
    rolledOut: after.rolledOut - before.rolledOut,
    deferred: after.deferred,
  };
}
