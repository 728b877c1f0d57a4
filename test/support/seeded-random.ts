/**
 * The seed of everything random in a test. A run of all tests names one, so that it judges a change and not its luck;
 * elsewhere it is a new one each time, unless `CREDITS_KIT_SEED` says which.
 */
export function testSeed(): number {
  return Number(process.env["CREDITS_KIT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
}

/** Random numbers that a seed brings back. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    // Mulberry32: one word of state, and good enough to shuffle tests.
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<Item>(list: readonly [Item, ...Item[]]): Item {
    return list[this.below(list.length)] ?? list[0];
  }
}
