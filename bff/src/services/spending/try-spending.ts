import { decide } from "@credits-kit/engine";
import type { Trial } from "./look.ts";

/** Spends in a trial, past its credits if need be. @returns whether a pool can hold that, and so whether it was done */
export function trySpending(trial: Trial, amount: bigint): boolean {
  const { now } = trial;
  const spending = { kind: "consume", amount, limit: "soft", occurredAt: now } as const;
  const { pool, refusal } = decide(trial.pool, spending, now);
  if (refusal !== null) return false;
  trial.pool = pool;
  return true;
}
