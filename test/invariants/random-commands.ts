import type { Command, GrantCategory } from "@credits-kit/engine";
import type { BookPool } from "./book-pool.ts";

const CREDIT = 1_000_000n;
const CATEGORIES: readonly GrantCategory[] = ["promo", "recurring", "paid"];
export const DAY = 24 * 60 * 60 * 1000;

/** A pool at a moment, and the chance that says what happens to it. */
export interface Turn {
  readonly pool: BookPool;
  readonly random: (limit: number) => number;
  readonly now: number;
  /** What something new is called. */
  readonly name: string;
}

/** A command of any kind; half of them burn. */
export function randomCommand(turn: Turn): Command {
  const { pool, random } = turn;
  const kind = pool.pool.seq === 0 ? 0 : random(40);
  if (kind < 5) return randomGrant(turn);
  if (kind < 6) return { kind: "settle" };
  if (kind < 11) return randomChange(turn, random(6));
  if (kind < 14) return randomReversal(turn);
  if (kind < 22) return randomHold(turn, random(5));
  return randomUsage(turn);
}

function randomGrant({ random, now, name }: Turn): Command {
  const effectiveAt = [null, null, now - 3 * DAY, now + random(20) * DAY][random(4)] ?? null;
  return {
    kind: "grant",
    // Some were due before: a plan's, of which somebody only now took notice.
    asOf: random(4) === 0 ? now - random(10) * DAY : null,
    grantId: name,
    amount: CREDIT * BigInt(1 + random(50)) + BigInt(random(3)),
    category: CATEGORIES[random(3)] ?? "promo",
    priority: random(3),
    effectiveAt,
    expiresAt: random(3) === 0 ? null : Math.max(now, effectiveAt ?? now) + (1 + random(60)) * DAY,
    isPaymentPending: random(6) === 0,
  };
}

function randomUsage({ random, now }: Turn): Command {
  const amount = (CREDIT * BigInt(random(30) === 0 ? random(400) : random(9))) / 4n;
  const limit = random(3) === 0 ? "soft" : "hard";
  const occurredAt = random(4) === 0 ? now - random(30) * DAY : now;
  return { kind: "consume", amount, limit, occurredAt };
}

/** Something about one of the grants, mostly a late one; what cannot be done is refused. */
function randomChange({ pool, random, now }: Turn, kind: number): Command {
  const back = random(3) === 0 ? random(pool.keys.length) : random(Math.min(4, pool.keys.length));
  const grantKey = pool.keys.at(-1 - back) ?? 1;
  const about = { grantKey, closed: pool.closed(grantKey) };
  switch (kind) {
    case 0:
    case 1:
      return {
        kind: "update_grant",
        ...about,
        ...(random(2) === 0 && { priority: random(3) }),
        ...(random(4) === 0 && { effectiveAt: now + (random(20) - 10) * DAY }),
        ...(random(2) === 0 && { expiresAt: random(5) === 0 ? null : now + (1 + random(40)) * DAY }),
      };
    case 2:
      return {
        kind: "revoke",
        ...about,
        amount: random(3) === 0 ? null : (CREDIT * BigInt(random(30))) / 3n,
      };
    case 3:
      return { kind: "freeze", ...about };
    case 4:
      return { kind: "unfreeze", ...about };
    default:
      return { kind: "confirm_payment", ...about };
  }
}

function randomReversal({ pool, random }: Turn): Command {
  const consumed = pool.consumed.at(-1 - random(Math.min(20, pool.consumed.length || 1)));
  if (!consumed) return { kind: "settle" };
  const draws = consumed.draws.map(({ grantKey, amount }) => ({ grantKey, amount: -amount }));
  const overage = consumed.overageChange;
  const repaid = overage > 0n ? pool.repaid() : [];
  const closed = [...draws, ...repaid].flatMap(({ grantKey }) => pool.closed(grantKey) ?? []);
  return { kind: "reverse", seq: consumed.seq, draws, overage, repaid, closed };
}

function randomHold({ pool, random, now, name }: Turn, kind: number): Command {
  const hold = pool.pool.holds[random(pool.pool.holds.length || 1)];
  if (!hold || kind === 0) {
    const amount = (CREDIT * BigInt(random(40))) / 4n;
    return { kind: "place_hold", holdId: name, amount, expiresAt: now + (random(20) - 1) * DAY };
  }
  const holdKey = hold.key;
  if (kind === 1) return { kind: "release_hold", holdKey };
  if (kind === 2) return { kind: "extend_hold", holdKey, expiresAt: now + random(40) * DAY };
  const amount = random(4) === 0 ? hold.amount : (CREDIT * BigInt(random(40))) / 4n;
  return { kind: "capture_hold", holdKey, amount, isFinal: random(2) === 0 };
}
