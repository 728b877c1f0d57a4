import { formatCredits } from "@credits-kit/amounts";
import type { ReversedEvent } from "@credits-kit/contract";
import { type Decision, type HoldPart, isGone } from "@credits-kit/engine";
import type { ConsumedEntry } from "../../storage/pools/find-consumed.ts";
import { type GrantRecord, toEngineGrant } from "../../storage/pools/grant-record.ts";
import { by } from "../attribution.ts";
import type { ReverseEventCommand } from "../command.ts";
import type { WorkingPool } from "../group-customer.ts";
import type { Outcome } from "../outcome.ts";
import { refused, rejected } from "../outcomes.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";

/**
 * Takes an applied event back, once. Null when it has to wait for the next group, because this one changed the pool
 * after the event was read.
 */
export function decideReverse(deciding: Deciding, turn: Turn<ReverseEventCommand>): Outcome | null {
  const { command, customer, index } = turn;
  const consumed = deciding.facts.targets.consumed.get(index);
  if (!consumed) {
    const isTakenHere = customer.precedent(`event:${command.eventId}`) !== undefined;
    return isTakenHere ? null : rejected("not_found", "id", "no such event was applied");
  }
  const working = customer.findPool(consumed);
  if (!working) throw new Error("the pool of an event was not loaded");
  if (working.isWritten) return null;
  if (consumed.isReversed) return rejected("state_conflict", "id", "the event was reversed before");

  const records = deciding.facts.restorable.get(index) ?? [];
  const { seq, draws, overage, repaid } = consumed;
  const closed = records
    .filter(({ key }) => !working.pool.grants.some((grant) => grant.key === key))
    .map(toEngineGrant);
  const { featureId, userNo } = consumed;
  const decision = deciding.carryOut(
    working,
    { kind: "reverse", seq, draws, overage, repaid, closed },
    {
      types: ["reversed", "overage_repaid"],
      by: {
        ...by(command),
        sourceKind: "event",
        sourceId: command.eventId,
        reason: command.reason,
        featureId,
        userNo,
      },
    },
  );
  if (decision.refusal !== null) return refused(decision.refusal, working, "id");
  const { counted, quantity } = consumed;
  if (counted && featureId !== null && quantity !== null) {
    deciding.facts.counters.add({ ...counted, customerId: command.customerId, featureId }, -quantity);
  }
  const reversed = decision.entries.find((entry) => entry.reverses === seq);
  const told = { working, consumed, records, decision };
  return deciding.applied(turn, positionOf(working, reversed), answerReversal(command, told));
}

interface Told {
  readonly working: WorkingPool;
  readonly consumed: ConsumedEntry;
  readonly records: readonly GrantRecord[];
  readonly decision: Decision;
}

/** Says which grants got back what, and what is lost because its grant is gone. */
function answerReversal(command: ReverseEventCommand, told: Told): string {
  const { working, consumed, records, decision } = told;
  const entries = decision.entries.slice(decision.settled);
  const reversed = entries.find((entry) => entry.reverses === consumed.seq);
  const restored = new Map<number, bigint>();
  for (const { type, draws, overageChange } of entries) {
    if (type !== "reversed" && !(type === "overage_repaid" && overageChange > 0n)) continue;
    for (const { grantKey, amount } of draws) restored.set(grantKey, (restored.get(grantKey) ?? 0n) + amount);
  }
  const byKey = new Map(records.map((record) => [record.key, record]));
  const named = (key: number) => byKey.get(key)?.grantId ?? "";
  const answer: ReversedEvent = {
    id: command.eventId,
    status: "reversed",
    creditTypeId: working.creditTypeId,
    resourceId: working.resourceId === "" ? null : working.resourceId,
    delta: formatCredits(reversed?.delta ?? 0n),
    balance: formatCredits(working.pool.balance),
    seq: reversed?.seq ?? 0,
    restored: [...restored].map(([key, amount]) => ({ grantId: named(key), amount: formatCredits(amount) })),
    lost: lostOf(told, working.customer.now),
  };
  return JSON.stringify(answer);
}

/** The shares of grants that are gone: what they paid, and what they repaid that no living grant gets instead. */
function lostOf(
  { consumed, records, decision }: Told,
  now: number,
): { grantId: string; amount: string; reason: "expired" | "revoked" }[] {
  const gone = new Map(
    records.filter((record) => isGone(toEngineGrant(record), now)).map((record) => [record.key, record]),
  );
  const reversed = decision.entries.find((entry) => entry.reverses === consumed.seq);
  let unreturned = consumed.overage + (reversed?.overageChange ?? 0n);
  const lost = consumed.draws.filter(({ grantKey }) => gone.has(grantKey));
  for (const { grantKey, amount } of consumed.repaid) {
    if (unreturned === 0n || !gone.has(grantKey)) continue;
    const share = amount < unreturned ? amount : unreturned;
    unreturned -= share;
    lost.push({ grantKey, amount: share });
  }
  return lost.flatMap(({ grantKey, amount }: HoldPart) => {
    const record = gone.get(grantKey);
    if (!record) return [];
    const reason = record.isRevoked ? "revoked" : "expired";
    return [{ grantId: record.grantId, amount: formatCredits(amount), reason }];
  });
}
