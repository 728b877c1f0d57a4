import { setTimeout as pause } from "node:timers/promises";
import { GatewayError } from "../gateway.ts";

/** What a call is for. Money comes first: what pages show waits until nothing about money does. */
export type Lane = "money" | "screens";

/** How calls are spread and tried again. */
export interface CallPace {
  /** Stripe takes 25 a second in test mode from the whole account. */
  readonly callsPerSecond: number;
  /** Waits before the next tries of a call; each is made with the same key, so that trying again changes nothing. */
  readonly retryAfterMs: readonly number[];
  /** So many calls may wait for their turn; {@link MOST_WAITING} if left out. */
  readonly mostWaiting?: Readonly<Record<Lane, number>>;
}

/** Twenty seconds of calls about money, longer than whom they are for waits; two seconds of what pages show. */
const MOST_WAITING: Readonly<Record<Lane, number>> = { money: 300, screens: 30 };

export const CALL_PACE: CallPace = { callsPerSecond: 15, retryAfterMs: [250, 1_000] };

/**
 * Lets calls go at a steady rate, and tries again what Stripe was too busy for or gave no answer to. Writes must carry an
 * idempotency key.
 */
export class CallSpreader {
  readonly #pace: CallPace;
  readonly #now: () => number;
  readonly #waiting: Readonly<Record<Lane, (() => void)[]>> = { money: [], screens: [] };
  #timer: NodeJS.Timeout | null = null;
  #freeAt = -Infinity;

  /** @param now a clock in milliseconds that only goes forward */
  constructor(pace: CallPace, now: () => number = () => performance.now()) {
    this.#pace = pace;
    this.#now = now;
  }

  /** @throws GatewayError of the last try; `busy` at once, and nothing is tried, where too many calls wait */
  async run<Result>(call: () => Promise<Result>, lane: Lane = "money"): Promise<Result> {
    const { retryAfterMs, mostWaiting = MOST_WAITING } = this.#pace;
    if (this.#waiting[lane].length >= mostWaiting[lane])
      throw new GatewayError("busy", "Too many calls of Stripe are waiting.", { code: "too_many_calls" });
    const waits = [...retryAfterMs];
    for (;;) {
      // A call that was let in is tried to its end: what it may have done is found out by its own answer.
      await this.#turn(lane);
      try {
        return await call();
      } catch (error) {
        const wait = waits.shift();
        const isPassing =
          error instanceof GatewayError && (error.kind === "busy" || error.kind === "unknown");
        if (!isPassing || wait === undefined) throw error;
        await pause(wait * (0.5 + Math.random()), undefined, { ref: false });
      }
    }
  }

  /** A second's worth may go at once; after that they go one after the other. */
  async #turn(lane: Lane): Promise<void> {
    const { money, screens } = this.#waiting;
    if (money.length === 0 && screens.length === 0 && this.#takeTurn()) return;
    await new Promise<void>((go) => {
      this.#waiting[lane].push(go);
      this.#wait();
    });
  }

  get #nextAt(): number {
    return Math.max(this.#freeAt, this.#now() - 1000) + 1000 / this.#pace.callsPerSecond;
  }

  /** Takes the next turn. @returns whether it has come */
  #takeTurn(): boolean {
    const next = this.#nextAt;
    if (next > this.#now()) return false;
    this.#freeAt = next;
    return true;
  }

  #wait(): void {
    if (this.#timer) return;
    const ms = Math.ceil(this.#nextAt - this.#now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#letGo();
    }, ms).unref();
  }

  #letGo(): void {
    const { money, screens } = this.#waiting;
    while (money.length + screens.length > 0) {
      if (!this.#takeTurn()) {
        this.#wait();
        return;
      }
      (money.shift() ?? screens.shift())?.();
    }
  }
}
