import { setTimeout as pause } from "node:timers/promises";

const POLL_MS = 20;
const WITHIN_MS = 20_000;

/** Asks again and again until `check` says yes, for what happens by itself and tells nobody. */
export async function eventually(what: string, check: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${WITHIN_MS} ms`);
    await pause(POLL_MS);
  }
}
