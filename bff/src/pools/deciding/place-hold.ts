import { attributeSpending } from "../attribution.ts";
import type { PlaceHoldCommand } from "../command.ts";
import type { Outcome } from "../outcome.ts";
import { refused } from "../outcomes.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";
import { answerHold } from "./hold-answer.ts";
import { priceOfSpending } from "./price-of-spending.ts";

/** Sets credits aside. A denial stands for good. */
export function decidePlaceHold(deciding: Deciding, turn: Turn<PlaceHoldCommand>): Outcome {
  const { command, customer } = turn;
  const { now } = turn.customer;
  const priced = priceOfSpending(deciding, turn);
  if ("kind" in priced) return priced;
  const { price, cost: amount } = priced;
  const working = customer.ensurePool({
    creditTypeId: price.creditTypeId,
    resourceId: command.resourceId,
  });
  const userNo = deciding.userNoOf(command.customerId, command.userId);
  const expiresAt = now + command.lifeMs;
  const { holdId, asked } = command;
  const { entries, refusal } = deciding.carryOut(
    working,
    { kind: "place_hold", holdId, amount, expiresAt },
    { types: ["hold_placed"], by: attributeSpending(command, userNo) },
  );
  if (refusal !== null) {
    const path = asked.kind === "feature" ? "quantity" : "amount";
    return deciding.denied(turn, refused(refusal, working, path));
  }
  const entry = positionOf(working, entries.at(-1));
  const { customerId, userId, dimensions, metadata, actor, requestId } = command;
  const facts = {
    customerId,
    poolNo: working.poolNo,
    key: entry.seq,
    holdId,
    amount,
    expiresAt,
    featureId: asked.kind === "feature" ? asked.featureId : null,
    userId,
    userNo,
    quantity: asked.kind === "feature" ? asked.quantity : null,
    dimensions,
    metadata,
    actor,
    requestId,
    createdAt: now,
  };
  deciding.state.holds.push(facts);
  const { creditTypeId, resourceId } = working;
  const state = { captured: 0n, held: amount, ended: null, closedAt: null };
  const record = { ...facts, creditTypeId, resourceId, ...state };
  return deciding.applied(turn, entry, answerHold(record, working, 0n));
}
