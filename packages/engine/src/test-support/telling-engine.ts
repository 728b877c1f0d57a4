import { decide } from "../pool/decide.ts";
import { type Decision, EMPTY_POOL, type Entry, type Pool, type Refusal } from "../pool/types.ts";
import type { Chapter, Line, Taken } from "./reference-model.ts";

/** A decision of the engine, with the pool and the names that it was made on. */
export interface Step {
  readonly taken: Taken;
  readonly before: Pool;
  readonly decision: Decision;
}

/** Lets the engine take a history from an empty pool on. What it is given is frozen: a decider changes nothing. */
export function runEngine(history: readonly Taken[]): Step[] {
  let pool = EMPTY_POOL;
  return history.map((taken) => {
    const before = freezePool(pool);
    const decision = decide(before, Object.freeze(taken.command), taken.at);
    pool = decision.pool;
    return { taken, before, decision };
  });
}

/** The engine's steps told in the words of the reference model, so that the two can be laid side by side. */
export function chaptersOf(steps: readonly Step[]): Chapter[] {
  const names = new Map<number, string>();
  return steps.map(({ decision: { entries, pool, refusal } }) => {
    const lines = entries.map((entry) => lineOf(entry, names));
    const left = new Map(pool.grants.map((grant) => [grant.key, grant.remaining]));
    const remaining = new Map([...names].map(([key, id]) => [id, left.get(key) ?? 0n]));
    return { lines, refusal: refusalText(refusal), balance: pool.balance, overage: pool.overage, remaining };
  });
}

/** A chapter as text: quick to compare, and readable where two differ. */
export function chapterText({ lines, refusal, balance, overage, remaining }: Chapter): string {
  const told = lines.map(({ type, delta, endBalance, moves, occurredAt }) => {
    return `${type} ${delta} -> ${endBalance} [${moves.map((move) => move.join(" ")).join(", ")}] @${occurredAt}`;
  });
  const left = [...remaining].map(([id, amount]) => `${id}=${amount}`).join(" ");
  return [...told, `refused: ${refusal}; balance ${balance}, overage ${overage}; ${left}`].join("\n");
}

function lineOf(entry: Entry, names: Map<number, string>): Line {
  if (entry.grant) names.set(entry.grant.key, entry.grant.id);
  const { type, occurredAt, delta, endBalance } = entry;
  const moves = entry.draws.map((draw) => [names.get(draw.grantKey) ?? "unknown", draw.amount] as const);
  return { type, occurredAt, delta, endBalance, moves };
}

function refusalText(refusal: Refusal | null): string | null {
  if (refusal?.code !== "insufficient_credits") return refusal?.code ?? null;
  return `${refusal.code}: ${refusal.required} of ${refusal.available}`;
}

function freezePool(pool: Pool): Pool {
  for (const grant of pool.grants) Object.freeze(grant);
  Object.freeze(pool.grants);
  return Object.freeze(pool);
}
