/** Time as the client sees it; tests hand in their own so that nothing really waits. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as the signal aborts. */
  sleep(ms: number, signal: AbortSignal, options?: SleepOptions): Promise<void>;
}

export interface SleepOptions {
  /** Whether the process may end while this sleep is all that it waits for; false if left out. */
  isIdle?: boolean;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal, { isIdle = false } = {}) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      }, ms);
      if (isIdle) timer.unref();
      signal.addEventListener("abort", onAbort, { once: true });
    }),
};
