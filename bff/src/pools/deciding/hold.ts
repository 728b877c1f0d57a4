import type { Command, Decision, Hold } from "@credits-kit/engine";
import type { HoldRecord } from "../../storage/pools/hold-record.ts";
import { attributeHold } from "../attribution.ts";
import type { CaptureHoldCommand, HoldCommand } from "../command.ts";
import type { WorkingPool } from "../group-customer.ts";
import type { Outcome, Rejected } from "../outcome.ts";
import { refused, rejected, rejectedPrice } from "../outcomes.ts";
import { priceUsage } from "../routing.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";
import { answerHold } from "./hold-answer.ts";

const OWN_ENTRIES = ["consumed", "hold_released", "updated"] as const;

/** Captures, releases or extends a hold that was placed before, also a moment ago in the same group. */
export function decideHold(deciding: Deciding, turn: Turn<HoldCommand>): Outcome {
  const { command } = turn;
  const found = findHold(deciding, turn);
  if (!found) return rejected("not_found", "id", "no such hold");
  const { record, working } = found;
  const hold = working.pool.holds.find((each) => each.key === record.key);
  const asked = engineCommand(turn, { record, hold });
  if ("code" in asked) return asked;
  const by = attributeHold(command, record);
  const decision = deciding.carryOut(working, asked, { types: OWN_ENTRIES, by });
  if (decision.refusal !== null) {
    const path = command.kind === "capture_hold" && command.quantity !== null ? "quantity" : "amount";
    return refused(decision.refusal, working, path);
  }
  const own = decision.entries.slice(decision.settled).find((entry) => entry.hold?.key === record.key);
  const position = positionOf(working, own);
  const after = recordAfter({ record, working, hold }, decision);
  return deciding.applied(turn, position, answerHold(after, working, position.delta));
}

interface FoundHold {
  readonly record: HoldRecord;
  readonly working: WorkingPool;
}

function findHold({ facts, state }: Deciding, turn: Turn<HoldCommand>): FoundHold | null {
  const { command, customer, index } = turn;
  const stored = facts.targets.holds.get(index)?.record;
  if (stored) {
    const working = customer.findPool(stored);
    if (!working) throw new Error("the pool of a hold was not loaded");
    return { record: stored, working };
  }
  const placed = state.holds.find(
    (each) => each.customerId === command.customerId && each.holdId === command.holdId,
  );
  const working = customer.pools.find((pool) => pool.poolNo === placed?.poolNo);
  if (!placed || !working) return null;
  const { creditTypeId, resourceId } = working;
  const begun = { captured: 0n, held: placed.amount, ended: null, closedAt: null };
  return { record: { ...placed, creditTypeId, resourceId, ...begun }, working };
}

function engineCommand(
  turn: Turn<HoldCommand>,
  { record, hold }: { record: HoldRecord; hold: Hold | undefined },
): Command | Rejected {
  const { command } = turn;
  const { key: holdKey } = record;
  switch (command.kind) {
    case "release_hold":
      return { kind: "release_hold", holdKey };
    case "extend_hold":
      return { kind: "extend_hold", holdKey, expiresAt: turn.customer.now + command.lifeMs };
    case "capture_hold": {
      const amount = amountOf({ ...turn, command }, { record, hold });
      if (typeof amount !== "bigint") return amount;
      return { kind: "capture_hold", holdKey, amount, isFinal: command.isFinal };
    }
  }
}

/** What a capture burns: what it says, what its quantity costs now, or all that is still reserved. */
function amountOf(
  { command, customer }: Turn<CaptureHoldCommand>,
  { record, hold }: { record: HoldRecord; hold: Hold | undefined },
): bigint | Rejected {
  const { amount, quantity } = command;
  if (amount !== null) return amount;
  if (quantity === null) return hold?.parts.reduce((sum, part) => sum + part.amount, 0n) ?? 0n;
  const { featureId, resourceId } = record;
  if (featureId === null) {
    return rejected("validation_failed", "quantity", "needs a hold that was placed for a feature");
  }
  const usage = { featureId, quantity, resourceId, limit: "hard" } as const;
  const price = priceUsage(usage, customer.now, customer.remembered.subscriptions);
  if (typeof price === "string") return rejectedPrice(price, true);
  if (price.creditTypeId !== record.creditTypeId) return rejectedPrice("feature_not_mapped", true);
  return price.cost;
}

/** The hold's record after a decision about it. */
function recordAfter(
  { record, working, hold }: FoundHold & { hold: Hold | undefined },
  { entries }: Decision,
): HoldRecord {
  const now = working.pool.holds.find((each) => each.key === record.key);
  if (now) {
    const { captured, expiresAt } = now;
    return { ...record, captured, expiresAt, held: now.parts.reduce((sum, part) => sum + part.amount, 0n) };
  }
  let captured = hold?.captured ?? record.captured;
  let ended = record.ended;
  for (const entry of entries) {
    if (entry.hold?.key !== record.key) continue;
    if (entry.type === "consumed") captured -= entry.delta;
    ended = entry.hold.end ?? ended;
  }
  const expiresAt = hold?.expiresAt ?? record.expiresAt;
  return { ...record, captured, ended, expiresAt, held: 0n, closedAt: working.customer.now };
}
