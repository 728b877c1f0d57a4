import type { LedgerBook } from "./ledger-book.ts";
import { DAY, randomCommand } from "./random-commands.ts";

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
 * Notes years of a customer's life, up to now: grants of all kinds, now and later, for ever and for a while, changed,
 * disputed and revoked; usage from free to ruinous, hard and soft, punctual and late, and taken back; holds; in up to
 * three pools.
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
    if (!pool) continue;
    book.carryOut(pool, randomCommand({ pool, random, now, name: `${customerId}-${index}` }), now);
  }
}
