import type { UsageEventInput } from "@credits-kit/contract";

/** The server takes at most a megabyte per call; the rest is room for the envelope. */
const BATCH_BYTES_MAX = 1_000_000;

interface QueuedEvent {
  readonly event: UsageEventInput;
  readonly bytes: number;
}

interface Waiter {
  /** How many events must have left the queue. */
  readonly target: number;
  readonly done: () => void;
}

/** Events that wait to be sent, in the order in which they were reported. They leave it only by `remove`. */
export class UsageQueue {
  readonly #events: QueuedEvent[] = [];
  readonly #waiters = new Set<Waiter>();
  #removed = 0;

  get size(): number {
    return this.#events.length;
  }

  /** Whether somebody waits for the queue to be emptied. */
  get isAwaited(): boolean {
    return this.#waiters.size > 0;
  }

  /** Keeps a copy, so that the caller may change the event afterwards. @throws TypeError for what JSON cannot say */
  push(event: UsageEventInput): void {
    const bytes = Buffer.byteLength(JSON.stringify(event));
    this.#events.push({ event: structuredClone(event), bytes });
  }

  /** The oldest events, at most `limit` of them and as many as fit into one call; at least one if there is any. */
  nextBatch(limit: number): UsageEventInput[] {
    const batch: UsageEventInput[] = [];
    let bytes = 0;
    for (const queued of this.#events) {
      bytes += queued.bytes + 1;
      if (batch.length === limit || (batch.length > 0 && bytes > BATCH_BYTES_MAX)) break;
      batch.push(queued.event);
    }
    return batch;
  }

  /** Takes the oldest events out, since what is to become of them is known. */
  remove(count: number): UsageEventInput[] {
    const removed = this.#events.splice(0, count);
    this.#removed += removed.length;
    for (const waiter of this.#waiters) {
      if (waiter.target > this.#removed) continue;
      this.#waiters.delete(waiter);
      waiter.done();
    }
    return removed.map(({ event }) => event);
  }

  /** Resolves once all events that are in the queue now have left it; rejects with the signal's reason. */
  emptied(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.size === 0) {
        resolve();
        return;
      }
      const onAbort = () => {
        this.#waiters.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        target: this.#removed + this.size,
        done: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      this.#waiters.add(waiter);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }
}
