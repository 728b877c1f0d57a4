import { setTimeout as pause } from "node:timers/promises";
import { GatewayError } from "../gateway.ts";

/** How calls are spread and tried again. */
export interface CallPace {
  /** Stripe takes 25 a second in test mode from the whole account. */
  readonly callsPerSecond: number;
  /** Waits before the next tries of a call; each is made with the same key, so that trying again changes nothing. */
  readonly retryAfterMs: readonly number[];
}

export const CALL_PACE: CallPace = { callsPerSecond: 15, retryAfterMs: [250, 1_000] };

/**
 * Lets calls go at a steady rate, and tries again what Stripe was too busy for or gave no answer to. Writes must carry an
 * idempotency key.
 */
export class CallSpreader {
  readonly #pace: CallPace;
  #freeAt = 0;

  constructor(pace: CallPace) {
    this.#pace = pace;
  }

  /** @throws GatewayError of the last try */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    const waits = [...this.#pace.retryAfterMs];
    for (;;) {
      await this.#turn();
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
  async #turn(): Promise<void> {
    const gap = 1000 / this.#pace.callsPerSecond;
    const now = performance.now();
    this.#freeAt = Math.max(this.#freeAt, now - 1000) + gap;
    const wait = this.#freeAt - now;
    if (wait > 0) await pause(wait, undefined, { ref: false });
  }
}
