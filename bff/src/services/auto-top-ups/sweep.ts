import { openAttempts } from "../../storage/auto-top-ups/attempts.ts";
import { dueRules, type PoolKey } from "../../storage/auto-top-ups/rules.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { resumeAttempt } from "./carry-on.ts";
import { evaluateAutoTopUp } from "./evaluate.ts";

const PAGE = 100;
/** A quick sweep goes back so far: more than from one walk through all rules to the next. */
const QUICK_BACK_MS = 2 * 60_000;

/** How a sweep is made. */
export interface AutoTopUpSweep {
  readonly onError?: (error: unknown) => void;
  readonly isStopping?: () => boolean;
  /** Whether to look only at rules that waited and may go on just now, and not to walk through all of them. */
  readonly isQuick?: boolean;
}

/**
 * Makes good whatever was not noticed: attempts that nobody goes on with, and rules that have something to buy. One that
 * fails does not hold up the others.
 */
export async function sweepAutoTopUps(
  deps: TopUpDeps,
  { onError = rethrow, isStopping = () => false, isQuick = false }: AutoTopUpSweep = {},
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
    const which = { now: new Date(deps.now()), overForMs: isQuick ? QUICK_BACK_MS : null };
    const page: PoolKey[] = await dueRules(writer, { ...which, after, limit: PAGE });
    for (const rule of page) await each(() => evaluateAutoTopUp(deps, rule));
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return;
  }
}

function rethrow(error: unknown): never {
  throw error;
}
