import { openAttempts } from "../../storage/auto-top-ups/attempts.ts";
import { dueRules, type PoolKey } from "../../storage/auto-top-ups/rules.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { resumeAttempt } from "./carry-on.ts";
import { evaluateAutoTopUp } from "./evaluate.ts";

const PAGE = 100;

/**
 * Makes good whatever was not noticed: attempts that nobody goes on with, and rules that have something to buy. One that
 * fails does not hold up the others.
 */
export async function sweepAutoTopUps(
  deps: TopUpDeps,
  {
    onError = rethrow,
    isStopping = () => false,
  }: { onError?: (error: unknown) => void; isStopping?: () => boolean } = {},
): Promise<void> {
  const { writer } = deps.database;
  if (deps.payments === null) return;
  const each = async (work: () => Promise<void>) => {
    try {
      if (!isStopping()) await work();
    } catch (error) {
      onError(error);
    }
  };
  const open = await openAttempts(writer, { now: new Date(deps.now()), limit: PAGE });
  for (const attempt of open) await each(() => resumeAttempt(deps, attempt));
  let after: PoolKey | null = null;
  while (!isStopping()) {
    const page: PoolKey[] = await dueRules(writer, { now: new Date(deps.now()), after, limit: PAGE });
    for (const rule of page) await each(() => evaluateAutoTopUp(deps, rule));
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

function rethrow(error: unknown): never {
  throw error;
}
