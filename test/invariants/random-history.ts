import type { Command, GrantCategory } from "@credits-kit/engine";
import type { BookPool, LedgerBook } from "./ledger-book.ts";

const CREDIT = 1_000_000n;
const DAY = 24 * 60 * 60 * 1000;
const CATEGORIES: readonly GrantCategory[] = ["promo", "recurring", "paid"];

/** Numbers from 0 up to a limit, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/**
 * Notes years of a customer's life, up to now: grants of all kinds, now and later, for ever and for a while; usage from
 * free to ruinous, hard and soft, punctual and late; in up to three pools.
 */
export function noteRandomLife(
  book: LedgerBook,
  {
    customerId,
    commands,
    random,
  }: { customerId: string; commands: number; random: (limit: number) => number },
): void {
  book.openCustomer(customerId);
  const pools = [book.openPool(customerId, "images")];
  if (random(2) === 0) pools.push(book.openPool(customerId, "images", "team-1"));
  if (random(2) === 0) pools.push(book.openPool(customerId, "video"));
  const span = 700 * DAY;
  const wait = Math.floor((2 * span) / commands);
  const begin = Date.now() - span - DAY;
  let now = begin;
  for (let index = 0; index < commands; index += 1) {
    const pool = pools[random(pools.length)];
    // Many things happen in one and the same moment.
    now = Math.min(now + (random(3) === 0 ? 0 : random(wait)), begin + span);
    if (pool)
      takeTurn({ book, pool, random, now, grantId: `${customerId}-${index}`, first: pool.pool.seq === 0 });
  }
}

interface Turn {
  readonly book: LedgerBook;
  readonly pool: BookPool;
  readonly random: (limit: number) => number;
  readonly now: number;
  readonly grantId: string;
  readonly first: boolean;
}

function takeTurn({ book, pool, random, now, grantId, first }: Turn): void {
  const kind = first ? 0 : random(20);
  if (kind < 2) book.carryOut(pool, randomGrant(random, now, grantId), now);
  else if (kind === 2) book.carryOut(pool, { kind: "settle" }, now);
  else {
    const amount = (CREDIT * BigInt(random(30) === 0 ? random(400) : random(9))) / 4n;
    const limit = random(3) === 0 ? "soft" : "hard";
    const occurredAt = random(4) === 0 ? now - random(30) * DAY : now;
    book.carryOut(pool, { kind: "consume", amount, limit, occurredAt }, now);
  }
}

function randomGrant(random: (limit: number) => number, now: number, grantId: string): Command {
  const effectiveAt = [null, null, now - 3 * DAY, now + random(20) * DAY][random(4)] ?? null;
  return {
    kind: "grant",
    grantId,
    amount: CREDIT * BigInt(1 + random(50)) + BigInt(random(3)),
    category: CATEGORIES[random(3)] ?? "promo",
    priority: random(3),
    effectiveAt,
    expiresAt: random(3) === 0 ? null : Math.max(now, effectiveAt ?? now) + (1 + random(60)) * DAY,
  };
}
