import { formatCredits } from "@credits-kit/amounts";
import { availableOf } from "@credits-kit/engine";
import { attributeSpending } from "../attribution.ts";
import type { ConsumeCommand } from "../command.ts";
import type { Outcome } from "../outcome.ts";
import { refused } from "../outcomes.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";
import { priceOfSpending } from "./price-of-spending.ts";

/** Burns credits, all or nothing under a hard limit. A denial stands for good. */
export function decideConsume(deciding: Deciding, turn: Turn<ConsumeCommand>): Outcome {
  const { command, customer } = turn;
  const priced = priceOfSpending(deciding, turn);
  if ("kind" in priced) return priced;
  const { price, cost: amount } = priced;
  const { creditTypeId, limit } = price;
  const working = customer.ensurePool({ creditTypeId, resourceId: command.resourceId });
  const userNo = deciding.userNoOf(command.customerId, command.userId);
  const { entries, refusal } = deciding.carryOut(
    working,
    { kind: "consume", amount, limit, occurredAt: customer.now },
    { types: ["consumed"], by: attributeSpending(command, userNo) },
  );
  if (refusal !== null) {
    const path = command.asked.kind === "feature" ? "quantity" : "amount";
    return deciding.denied(turn, refused(refusal, working, path));
  }
  deciding.facts.counters.count(price);
  const answer = formatCredits(availableOf(working.pool));
  return deciding.applied(turn, positionOf(working, entries.at(-1)), answer);
}
