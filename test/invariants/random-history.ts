import { SeededRandom } from "../support/seeded-random.ts";
import type { BookPool } from "./book-pool.ts";
import type { LedgerBook } from "./ledger-book.ts";
import { DAY, randomCommand } from "./random-commands.ts";

/** Whole numbers from 0 to below a limit, the same for the same seed. */
export function randomFrom(seed: number): (limit: number) => number {
  const random = new SeededRandom(seed);
  return (limit) => random.below(limit);
}

const SPAN = 700 * DAY;

/**
 * Years of a customer's life, up to now: grants of all kinds, now and later, for ever and for a while, changed, disputed
 * and revoked; usage from free to ruinous, hard and soft, punctual and late, and taken back; holds; in up to three pools.
 */
export class RandomLife {
  readonly customerId: string;
  readonly #book: LedgerBook;
  readonly #random: (limit: number) => number;
  readonly #pools: readonly BookPool[];
  readonly #begin = Date.now() - SPAN - DAY;
  #now = this.#begin;
  #made = 0;

  constructor(book: LedgerBook, customerId: string, random: (limit: number) => number) {
    this.customerId = customerId;
    this.#book = book;
    this.#random = random;
    book.openCustomer(customerId);
    const pools = [book.openPool(customerId, "images")];
    if (random(2) === 0) pools.push(book.openPool(customerId, "images", "team-1"));
    if (random(2) === 0) pools.push(book.openPool(customerId, "video"));
    this.#pools = pools;
  }

  /** Lives on until a share of the whole span has passed. */
  live(commands: number, share = 1): void {
    const [random, until] = [this.#random, this.#begin + share * SPAN];
    const wait = Math.max(1, Math.floor((2 * (until - this.#now)) / commands));
    for (let index = 0; index < commands; index += 1) {
      const pool = this.#pools[random(this.#pools.length)];
      // Many things happen in one and the same moment.
      this.#now = Math.min(this.#now + (random(3) === 0 ? 0 : random(wait)), until);
      if (!pool) continue;
      const name = `${this.customerId}-${(this.#made += 1)}`;
      this.#book.carryOut(pool, randomCommand({ pool, random, now: this.#now, name }), this.#now);
    }
  }
}

/** Notes the whole of a random life. */
export function noteRandomLife(
  book: LedgerBook,
  {
    customerId,
    commands,
    random,
  }: { customerId: string; commands: number; random: (limit: number) => number },
): void {
  new RandomLife(book, customerId, random).live(commands);
}
