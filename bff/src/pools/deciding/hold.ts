import type { Command, Decision, Hold } from "@credits-kit/engine";
import type { HoldRecord } from "../../storage/pools/hold-record.ts";
import { attributeHold } from "../attribution.ts";
import type { HoldCommand } from "../command.ts";
import type { WorkingPool } from "../group-customer.ts";
import type { Outcome } from "../outcome.ts";
import { refused, rejected } from "../outcomes.ts";
import { type CaptureCost, costOfCapture } from "./capture-cost.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";
import { answerHold } from "./hold-answer.ts";

const NO_CAPTURE: CaptureCost = { amount: 0n, price: null };
const OWN_ENTRIES = ["consumed", "hold_released", "updated"] as const;

/**
 * Captures, releases or extends a hold that was placed before, also a moment ago in the same group. Null when it has to
 * wait for the next group.
 */
export function decideHold(deciding: Deciding, turn: Turn<HoldCommand>): Outcome | null {
  const { command } = turn;
  const found = findHold(deciding, turn);
  if (!found) return rejected("not_found", "id", "no such hold");
  const { record, working } = found;
  const hold = working.pool.holds.find((each) => each.key === record.key);
  const capture =
    command.kind === "capture_hold"
      ? costOfCapture(deciding, { ...turn, command }, { record, hold })
      : NO_CAPTURE;
  if (capture === null || "code" in capture) return capture;
  const asked = engineCommand(turn, record, capture);
  const by = attributeHold(command, record);
  const decision = deciding.carryOut(working, asked, { types: OWN_ENTRIES, by });
  if (decision.refusal !== null) {
    const path = command.kind === "capture_hold" && command.quantity !== null ? "quantity" : "amount";
    return refused(decision.refusal, working, path);
  }
  if (capture.price) deciding.facts.counters.count(capture.price);
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

/** What the engine is asked to do; the amount is that of a capture. */
function engineCommand(
  { command, customer }: Turn<HoldCommand>,
  { key: holdKey }: HoldRecord,
  { amount }: CaptureCost,
): Command {
  switch (command.kind) {
    case "release_hold":
      return { kind: "release_hold", holdKey };
    case "extend_hold":
      return { kind: "extend_hold", holdKey, expiresAt: customer.now + command.lifeMs };
    case "capture_hold":
      return { kind: "capture_hold", holdKey, amount, isFinal: command.isFinal };
  }
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
