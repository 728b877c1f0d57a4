const FIRST_MS = 500;
const CAP_MS = 30_000;

/** How long to wait before try number `attempt` (from 0): doubling, capped, and spread so that pages do not come in step. */
export function backoffMs(attempt: number): number {
  return Math.min(CAP_MS, FIRST_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
}
