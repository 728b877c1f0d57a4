import type { EventResult, UsageEventInput } from "@credits-kit/contract";
import { type ClientErrorCode, CreditsApiError } from "../api-error.ts";
import type { Clock } from "../clock.ts";
import type { CallOptions } from "../wire-types.ts";
import type { OnUsageError } from "./usage-problem.ts";
import { UsageQueue } from "./usage-queue.ts";

const BATCH_EVENTS_MAX = 1_000;
const FIRST_BACKOFF_MS = 1_000;
const BACKOFF_MS_MAX = 60_000;
/** The server could not make sense of the call as a whole: one of its events may be to blame. */
const SPLITTING_STATUSES = new Set([400, 413, 422]);

export interface UsageReporterOptions {
  /** Reports events by one call that is not retried. */
  send: (events: readonly UsageEventInput[], options: CallOptions) => Promise<{ results: EventResult[] }>;
  clock: Clock;
  /** From 0 to below 1; spreads the waits between retries. */
  random: () => number;
  flushIntervalMs: number;
  queueMax: number;
  /** How long a process that is about to end may be kept. */
  exitTimeoutMs: number;
  onUsageError: OnUsageError;
}

/** A usage event whose id may be left out. */
export type BufferedEvent = Omit<UsageEventInput, "id"> & { id?: string };

/**
 * Reports usage in batches, in the background and in order. An event that was taken is sent until the server has
 * judged it, always under the same id, so that it counts once; whatever else becomes of it is told to `onUsageError`.
 */
export class UsageReporter {
  readonly #options: UsageReporterOptions;
  readonly #queue = new UsageQueue();
  /** A process that has nothing else to do says so again each time; one attempt at a time is enough. */
  readonly #onExit = () => {
    if (this.#isEnding) return;
    this.#isEnding = true;
    void this.#drain(this.#options.exitTimeoutMs).finally(() => {
      this.#isEnding = false;
    });
  };
  #isClosed = false;
  #isRunning = false;
  #isEnding = false;
  #lastError: CreditsApiError | null = null;
  /** The wait for more events, the wait before a retry, and the call: each while it lasts. */
  #gathering: AbortController | null = null;
  #backingOff: AbortController | null = null;
  #sending: AbortController | null = null;

  constructor(options: UsageReporterOptions) {
    this.#options = options;
  }

  /**
   * Takes an event and returns its id, or throws. An event without an id happened now, unless it says otherwise; one
   * with an id of the host's is sent as it is, so that reporting it again after a crash is the same event.
   */
  report(event: BufferedEvent): string {
    if (this.#isClosed) throw fault("client_closed", "The client was closed and takes no more usage.");
    const { queueMax, clock } = this.#options;
    if (this.#queue.size >= queueMax) {
      throw fault("queue_full", `${queueMax} usage events wait already; this one was not taken.`);
    }
    const { id = crypto.randomUUID(), timestamp = new Date(clock.now()).toISOString() } = event;
    this.#queue.push(event.id === undefined ? { ...event, id, timestamp } : { ...event, id });
    if (this.#queue.size >= BATCH_EVENTS_MAX) this.#gathering?.abort();
    if (!this.#isRunning) void this.#run();
    return id;
  }

  /** Sends what waits, at once; resolves when the server has judged it, or it was given up. */
  async flush({ signal }: CallOptions = {}): Promise<void> {
    const emptied = this.#queue.emptied(signal);
    this.#gathering?.abort();
    this.#backingOff?.abort();
    return emptied;
  }

  /** Takes no more events, sends what waits, and gives up after `timeoutMs`. Returns what was given up. */
  async close(timeoutMs: number): Promise<UsageEventInput[]> {
    this.#isClosed = true;
    return this.#drain(timeoutMs);
  }

  /** Sends what waits now, and gives up after `timeoutMs` whatever waits then. */
  async #drain(timeoutMs: number): Promise<UsageEventInput[]> {
    const ended = new AbortController();
    const deadline = this.#options.clock.sleep(timeoutMs, ended.signal);
    const isDone = await Promise.race([
      this.flush().then(() => true),
      deadline.then(
        () => false,
        () => true,
      ),
    ]);
    ended.abort();
    if (isDone) return [];
    const undelivered = this.#queue.remove(this.#queue.size);
    this.#gathering?.abort();
    this.#backingOff?.abort();
    this.#sending?.abort();
    const error = fault("timed_out", `It could not be delivered within ${timeoutMs} ms.`, this.#lastError);
    for (const event of undelivered) this.#tell({ kind: "undelivered", event, error });
    return undelivered;
  }

  /** Runs for as long as there are events; they leave the queue only when what becomes of them is known. */
  async #run(): Promise<void> {
    this.#isRunning = true;
    // Only while something waits, so that clients nobody closes add up to no listeners.
    process.on("beforeExit", this.#onExit);
    let limit = BATCH_EVENTS_MAX;
    let failures = 0;
    while (this.#queue.size > 0) {
      if (failures === 0 && limit === BATCH_EVENTS_MAX) await this.#gather();
      const batch = this.#queue.nextBatch(limit);
      if (batch.length === 0) break;
      const answer = await this.#send(batch);
      if (answer === null) continue;
      if (!(answer instanceof CreditsApiError)) {
        const isJudged = this.#settle(batch, answer);
        failures = isJudged ? 0 : failures + 1;
        this.#lastError = isJudged ? null : UNKNOWN_OUTCOME;
        limit = Math.min(BATCH_EVENTS_MAX, limit * 2);
        if (isJudged) continue;
        this.#tell({ kind: "delayed", queued: this.#queue.size, error: UNKNOWN_OUTCOME });
        await this.#backOff(UNKNOWN_OUTCOME, failures);
      } else if (!SPLITTING_STATUSES.has(answer.status)) {
        failures += 1;
        this.#lastError = answer;
        this.#tell({ kind: "delayed", queued: this.#queue.size, error: answer });
        await this.#backOff(answer, failures);
      } else if (batch.length > 1) {
        limit = Math.ceil(batch.length / 2);
      } else {
        for (const event of this.#queue.remove(1)) this.#tell({ kind: "undelivered", event, error: answer });
      }
    }
    process.off("beforeExit", this.#onExit);
    this.#isRunning = false;
  }

  /** Waits until a batch is worth sending. */
  async #gather(): Promise<void> {
    if (this.#queue.size >= BATCH_EVENTS_MAX || this.#queue.isAwaited) return;
    this.#gathering = new AbortController();
    await this.#pause(this.#options.flushIntervalMs, this.#gathering.signal);
    this.#gathering = null;
  }

  async #backOff({ retryAfterMs }: CreditsApiError, failures: number): Promise<void> {
    const backoff = Math.min(BACKOFF_MS_MAX, FIRST_BACKOFF_MS * 2 ** (failures - 1));
    this.#backingOff = new AbortController();
    const waitMs = Math.max(retryAfterMs ?? 0, backoff / 2) + (this.#options.random() * backoff) / 2;
    await this.#pause(Math.round(waitMs), this.#backingOff.signal);
    this.#backingOff = null;
  }

  /** Never keeps the process alive: at its end what waits is sent anyway. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    await this.#options.clock.sleep(ms, signal, { isIdle: true }).catch(() => undefined);
  }

  /** The results of a batch, why there are none, or null when the batch was given up meanwhile. */
  async #send(batch: readonly UsageEventInput[]): Promise<EventResult[] | CreditsApiError | null> {
    const sending = new AbortController();
    this.#sending = sending;
    try {
      const { results } = await this.#options.send(batch, { signal: sending.signal });
      if (sending.signal.aborted) return null;
      return results.length === batch.length ? results : fault("unexpected_answer", "Results are missing.");
    } catch (error) {
      if (sending.signal.aborted) return null;
      return error instanceof CreditsApiError ? error : fault("unexpected_answer", String(error), error);
    } finally {
      this.#sending = null;
    }
  }

  /**
   * Takes out what was judged, up to the first event whose outcome the server does not know; from there on all are sent
   * again, which counts nothing twice.
   * @returns whether all of the batch was judged
   */
  #settle(batch: readonly UsageEventInput[], results: readonly EventResult[]): boolean {
    const unknown = results.findIndex(({ error }) => error?.code === "overloaded");
    const judged = unknown === -1 ? batch : batch.slice(0, unknown);
    this.#queue.remove(judged.length);
    judged.forEach((event, index) => {
      const result = results[index];
      if (result?.status === "rejected") this.#tell({ kind: "rejected", event, result });
    });
    return judged.length === batch.length;
  }

  /** A listener that throws must not stop the reporting; its error is the process's to tell. */
  #tell(problem: Parameters<OnUsageError>[0]): void {
    try {
      this.#options.onUsageError(problem);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

/** The server could not say what became of some events. */
const UNKNOWN_OUTCOME = new CreditsApiError({
  code: "overloaded",
  status: 503,
  detail: "The server does not know what became of some events; they are sent again.",
});

function fault(code: ClientErrorCode, detail: string, cause: unknown = null): CreditsApiError {
  return new CreditsApiError({ code, status: 0, detail }, cause === null ? {} : { cause });
}
