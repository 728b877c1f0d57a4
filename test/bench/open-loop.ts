import { setTimeout as pause } from "node:timers/promises";

/** Calls that come on schedule, whether those before were answered or not. */
export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
}

/** What became of them. Milliseconds from when a call was due to its answer, failed ones too. */
export interface Arrivals {
  readonly latencies: number[];
  readonly errors: number;
}

/**
 * Makes each call at its time, and waits for the answers at the end. A call counts from when it was due, so that whatever
 * holds the callers up is part of the figure too.
 */
export async function runOpenLoop(
  { perSecond, seconds }: OpenLoop,
  call: (index: number) => Promise<unknown>,
): Promise<Arrivals> {
  const startedAt = performance.now();
  let errors = 0;
  const make = async (index: number, dueAt: number): Promise<number> => {
    try {
      await call(index);
    } catch {
      errors += 1;
    }
    return performance.now() - dueAt;
  };
  const calls: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const dueAt = startedAt + (index * 1000) / perSecond;
    const wait = dueAt - performance.now();
    if (wait > 0) await pause(wait);
    calls.push(make(index, dueAt));
  }
  const latencies = await Promise.all(calls);
  return { latencies, errors };
}
