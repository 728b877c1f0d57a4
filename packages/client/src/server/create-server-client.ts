import { createCaller } from "./caller.ts";
import { catalogueCalls } from "./calls/catalogue.ts";
import { creditCalls } from "./calls/credits.ts";
import { customerCalls } from "./calls/customers.ts";
import { exportCalls } from "./calls/exports.ts";
import { testClockCalls } from "./calls/test-clocks.ts";
import { usageCalls } from "./calls/usage.ts";
import { createCheck } from "./check.ts";
import { type Clock, systemClock } from "./clock.ts";
import { createTransport } from "./transport.ts";
import { type OnUsageError, warnOfUsageProblem } from "./usage/usage-problem.ts";
import { type BufferedEvent, UsageReporter } from "./usage/usage-reporter.ts";
import type { CallOptions } from "./wire-types.ts";
import { createWithHold } from "./with-hold.ts";

export interface ServerClientOptions {
  /** Where the credits server is, such as `http://localhost:4000`. */
  baseUrl: string;
  /** A secret server key. It never belongs in a browser. */
  apiKey: string;
  fetch?: typeof fetch;
  /** The time limit of one try; 10,000 by default. */
  timeoutMs?: number;
  /** How often a failed call is tried again; 3 by default, 0 turns retries off. */
  retries?: number;
  /** The longest that usage given to `reportUsage` waits for company; 1,000 by default. */
  flushIntervalMs?: number;
  /** How many events may wait; 10,000 by default. Beyond that `reportUsage` throws. */
  queueMax?: number;
  /** Is told what becomes of usage that cannot be delivered or is rejected; by default the process warns. */
  onUsageError?: OnUsageError;
  clock?: Clock;
  /** From 0 to below 1; spreads the waits between retries. */
  random?: () => number;
}

export interface CloseOptions {
  /** How long to try; 10,000 by default. */
  timeoutMs?: number;
}

const CLOSE_TIMEOUT_MS = 10_000;

export type ServerClient = ReturnType<typeof createServerClient>;

/**
 * A typed client of the server API, for back ends. Every call may be retried safely, so all of them are: reads and
 * upserts by nature, events, consumption and holds by their ids, and every other write by an Idempotency-Key that is
 * made once per call. Failures are `CreditsApiError`.
 *
 * ```ts
 * const credits = createServerClient({ baseUrl: "http://localhost:4000", apiKey });
 * await credits.events.report([{ id: "img-1", customerId: "cus_lena", featureId: "image" }]);
 * ```
 */
export function createServerClient(options: ServerClientOptions) {
  const shared = {
    baseUrl: options.baseUrl,
    apiKey: options.apiKey,
    fetch: options.fetch ?? globalThis.fetch,
    timeoutMs: options.timeoutMs ?? 10_000,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
  };
  const call = createCaller(createTransport({ ...shared, retries: options.retries ?? 3 }));
  const usage = usageCalls(call);
  const customers = customerCalls(call);
  // It retries by itself, for as long as it takes.
  const unretried = usageCalls(createCaller(createTransport({ ...shared, retries: 0 })));
  const reporter = new UsageReporter({
    send: unretried.events.report,
    clock: shared.clock,
    random: shared.random,
    flushIntervalMs: options.flushIntervalMs ?? 1_000,
    queueMax: options.queueMax ?? 10_000,
    exitTimeoutMs: CLOSE_TIMEOUT_MS,
    onUsageError: options.onUsageError ?? warnOfUsageProblem,
  });
  const close = ({ timeoutMs = CLOSE_TIMEOUT_MS }: CloseOptions = {}) => reporter.close(timeoutMs);

  return {
    ...catalogueCalls(call),
    ...customers,
    ...creditCalls(call),
    ...testClockCalls(call),
    ...usage,
    ...exportCalls(call),
    /**
     * Like `customers.check`, but may decide by itself when the server cannot be asked, and then says so: such an
     * answer has `isFallback: true`. Refusals (4xx) are thrown whatever was chosen.
     */
    check: createCheck(customers.customers.check),
    /**
     * Sets credits aside, runs the function, and captures what it says it used, or all. When it throws, the hold is
     * released and its error thrown on. When the capture fails its error is thrown, and the hold stays until it
     * expires, so that it can be captured by its id. The signal ends the placing only, never what the work has cost.
     */
    withHold: createWithHold(usage.holds),
    /**
     * Reports an event in the background, in batches; returns its id at once. It returns no promise, since nobody
     * awaits what must not slow a request down, and a rejection that nobody awaits would end the process: problems
     * go to `onUsageError`. To see an event's result, use `events.report`.
     *
     * What was taken is sent until the server has judged it; when the process comes to its end by itself, it is kept
     * for up to 10 s to do so. Signals and `process.exit` are the host's: call `close` first.
     * @throws CreditsApiError `queue_full` rather than dropping an event; `client_closed` after `close`
     */
    reportUsage: (event: BufferedEvent): string => reporter.report(event),
    /** Sends the usage that waits, at once; resolves when what becomes of all of it is known. */
    flush: (flushOptions?: CallOptions): Promise<void> => reporter.flush(flushOptions),
    /** Takes no more usage, and sends what waits. What the time does not suffice for is told to `onUsageError`. */
    close: async (closeOptions?: CloseOptions) => ({ undelivered: await close(closeOptions) }),
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await close();
    },
  };
}
