import { decide } from "../pool/decide.ts";
import { reservedOf } from "../pool/figures.ts";
import type { Command, Decision, Refusal } from "../pool/commands.ts";
import type { Entry, Grant, Pool } from "../pool/types.ts";
import { Host } from "./host.ts";
import type { Chapter, Line, Taken } from "./reference-model.ts";

/** A decision of the engine, with what was asked, and the pool that it was made on. */
export interface Step {
  readonly taken: Taken;
  readonly before: Pool;
  /** The ask as the engine understands it; nothing if it was about what there never was: nobody asked the engine then. */
  readonly command: Command | null;
  readonly decision: Decision;
  /** Every grant ever accepted, as this step left it, the oldest first. */
  readonly grants: readonly Grant[];
}

/** Lets the engine take a history from an empty pool on. What it is given is frozen: a decider changes nothing. */
export function runEngine(history: readonly Taken[]): Step[] {
  const host = new Host();
  return history.map((taken, index) => {
    const before = freeze(host.pool);
    const command = freeze(host.commandOf(taken.ask));
    const decision: Decision = command
      ? decide(before, command, taken.at)
      : { entries: [], settled: 0, pool: before, closed: [], refusal: null };
    if (command) host.learn(decision, taken.ask, index);
    return { taken, before, command, decision, grants: host.grants };
  });
}

/** The engine's steps told in the words of the reference model, so that the two can be laid side by side. */
export function chaptersOf(steps: readonly Step[]): Chapter[] {
  const names = new Map<number, string>();
  return steps.map(({ command, decision: { entries, pool, refusal }, grants }) => {
    const ofGrants = (tell: (grant: Grant) => bigint) =>
      new Map(grants.map((grant) => [grant.id, tell(grant)]));
    return {
      lines: entries.map((entry) => lineOf(entry, names)),
      refusal: command ? refusalText(refusal) : "unknown",
      balance: pool.balance,
      overage: pool.overage,
      remaining: ofGrants((grant) => grant.remaining),
      held: ofGrants((grant) => grant.held),
      frozen: ofGrants((grant) => grant.frozen),
      revoked: ofGrants((grant) => grant.revoked),
      holds: new Map(pool.holds.map((hold) => [hold.id, reservedOf(hold)])),
    };
  });
}

/** A chapter as text: quick to compare, and readable where two differ. */
export function chapterText(chapter: Chapter): string {
  const told = chapter.lines.map(({ type, delta, endBalance, moves, occurredAt }) => {
    return `${type} ${delta} -> ${endBalance} [${moves.map((move) => move.join(" ")).join(", ")}] @${occurredAt}`;
  });
  const { refusal, balance, overage } = chapter;
  const states = (["remaining", "held", "frozen", "revoked", "holds"] as const).map((name) => {
    const amounts = [...chapter[name]].map(([id, amount]) => ` ${id}=${amount}`);
    return `${name}${amounts.join("")}`;
  });
  return [...told, `refused: ${refusal}; balance ${balance}, overage ${overage}`, ...states].join("\n");
}

function lineOf(entry: Entry, names: Map<number, string>): Line {
  if (entry.grant) names.set(entry.grant.key, entry.grant.id);
  const { type, occurredAt, delta, endBalance } = entry;
  const moves = entry.draws.map(({ grantKey, amount, heldChange }) => {
    return [names.get(grantKey) ?? "unknown", amount, heldChange] as const;
  });
  return { type, occurredAt, delta, endBalance, moves };
}

function refusalText(refusal: Refusal | null): string | null {
  switch (refusal?.code) {
    case "insufficient_credits":
      return `${refusal.code}: ${refusal.required} of ${refusal.available}`;
    case "grant_closed":
      return `${refusal.code}: ${refusal.status}`;
    case "beyond_revocable":
      return `${refusal.code}: ${refusal.revocable}`;
    default:
      return refusal?.code ?? null;
  }
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
