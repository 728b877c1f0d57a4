import type { SweeperPace } from "./pace.ts";

/** A customer who could not be settled. */
interface Case {
  readonly tries: number;
  readonly until: number;
}

/** Customers who could not be settled and are left alone for a while, longer each time, so that the others go on. */
export class Aside {
  readonly #pace: Pick<SweeperPace, "asideMs" | "longestAsideMs">;
  readonly #now: () => number;
  readonly #cases = new Map<string, Case>();

  /** @param now milliseconds of a clock that only goes forward */
  constructor(pace: Pick<SweeperPace, "asideMs" | "longestAsideMs">, now = () => performance.now()) {
    this.#pace = pace;
    this.#now = now;
  }

  /** @returns how often it has been tried by now */
  put(customerId: string): number {
    const tries = (this.#cases.get(customerId)?.tries ?? 0) + 1;
    const { asideMs, longestAsideMs } = this.#pace;
    const until = this.#now() + Math.min(asideMs * 2 ** (tries - 1), longestAsideMs);
    this.#cases.set(customerId, { tries, until });
    return tries;
  }

  /** The customer is well again. */
  forget(customerId: string): void {
    this.#cases.delete(customerId);
  }

  /** Who is to be left alone now. */
  present(): string[] {
    const now = this.#now();
    return [...this.#cases].filter(([, { until }]) => until > now).map(([customerId]) => customerId);
  }

  /** How long until the first of them may be tried again; infinite if there is none. */
  msUntilNext(): number {
    const now = this.#now();
    let next = Infinity;
    for (const { until } of this.#cases.values()) if (until > now) next = Math.min(next, until - now);
    return next;
  }
}
