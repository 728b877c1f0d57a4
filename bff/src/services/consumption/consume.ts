import { formatCredits } from "@credits-kit/amounts";
import { type Consumed, type Consumption, spendingOf } from "@credits-kit/contract";
import { canonical, contentHash } from "../../pools/content-hash.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { submitOne } from "../submit-one.ts";

/**
 * Burns credits if there are enough, in one step. What became of an id is for ever, a denial too.
 * @throws ServiceError `insufficient_credits` with what was required and available; `idempotency_conflict` when the id
 * was used for something else; `not_found`, `no_active_subscription`, `feature_not_mapped`, `amount_out_of_range`
 */
export function consume(deps: Deps, call: Call, input: Consumption): Promise<Consumed | StoredAnswer> {
  const { customerId } = input;
  return answerClaimed({ deps, call }, { content: input, customerId, status: 200 }, () =>
    carryOut(deps, call, input),
  );
}

async function carryOut(deps: Deps, call: Call, input: Consumption): Promise<Consumed> {
  const { id, customerId, resourceId, userId, dimensions, limit } = input;
  const asked = spendingOf(input);
  const { featureId, quantity, creditTypeId, amount } = input;
  const outcome = await submitOne(deps, {
    kind: "consume",
    customerId,
    id: `consume:${id}`,
    contentHash: contentHash([
      featureId,
      quantity,
      creditTypeId,
      amount,
      limit,
      userId,
      resourceId,
      canonical(dimensions),
    ]),
    actor: call.actor,
    requestId: call.requestId,
    consumeId: id,
    asked,
    limit: limit ?? null,
    userId: userId ?? null,
    resourceId: resourceId ?? "",
    dimensions: dimensions ?? null,
  });
  const { entry } = outcome;
  return {
    allowed: true,
    id,
    status: outcome.kind,
    creditTypeId: entry.creditTypeId,
    resourceId: entry.resourceId === "" ? null : entry.resourceId,
    delta: formatCredits(entry.delta),
    balance: formatCredits(entry.balance),
    available: outcome.answer ?? "0",
    seq: entry.seq,
    ...(outcome.kind === "duplicate"
      ? { current: { balance: formatCredits(outcome.current.balance), seq: outcome.current.seq } }
      : {}),
  };
}
