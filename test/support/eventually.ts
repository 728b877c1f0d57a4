import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 25;

/**
 * Asks again and again until `check` gives a value, for things outside this process that tell nobody when they are done.
 * @throws the last error of `check`, or one that names `what`, once `withinMs` has passed
 */
export async function eventually<Value>(
  what: string,
  check: () => Promise<Value | null | undefined | false>,
  withinMs = 10_000,
): Promise<Value> {
  const deadline = performance.now() + withinMs;
  let last: unknown = new Error(`${what} did not happen within ${withinMs} ms`);
  while (performance.now() < deadline) {
    try {
      const value = await check();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    await pause(POLL_MS);
  }
  throw last;
}
