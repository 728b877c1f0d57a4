import { msUntilStripeEvent } from "../../storage/payments/stripe-events.ts";
import type { TopUpDeps } from "../../services/top-ups/payments.ts";
import { processStripeEvents } from "./process.ts";

/** Deals with what Stripe tells, as it comes and when it is due again. */
export interface InboxWorker {
  /** Something was stored here. */
  changed(): void;
  /** Takes nothing new, and waits for what is in hand. */
  close(): Promise<void>;
}

/** Other replicas store too, and one may have died over an event. */
const LOOK_EVERY_MS = 10_000;
const RETRY_MS = 2_000;

/** Starts to deal with events. Of a deployment without Stripe none are taken. */
export function startInbox(deps: TopUpDeps, onError: (error: unknown) => void): InboxWorker {
  return new Worker(deps, onError);
}

class Worker implements InboxWorker {
  readonly #deps: TopUpDeps;
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(deps: TopUpDeps, onError: (error: unknown) => void) {
    this.#deps = deps;
    this.#onError = onError;
    if (deps.payments !== null) this.#wait(0);
  }

  changed(): void {
    if (this.#running) this.#again = true;
    else this.#wait(0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #wait(ms: number): void {
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#work().finally(() => (this.#running = null));
    }, ms).unref();
  }

  async #work(): Promise<void> {
    let next = LOOK_EVERY_MS;
    try {
      do {
        this.#again = false;
        await processStripeEvents(this.#deps);
      } while (this.#again && !this.#closed);
      const due = await msUntilStripeEvent(this.#deps.database.writer);
      if (due !== null) next = Math.min(next, due);
    } catch (error) {
      this.#onError(error);
      next = RETRY_MS;
    }
    this.#wait(this.#again ? 0 : next);
  }
}
