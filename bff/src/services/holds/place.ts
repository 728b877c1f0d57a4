import { DEFAULT_HOLD_SECONDS, type HoldInput, spendingOf } from "@credits-kit/contract";
import { canonical, contentHash } from "../../pools/content-hash.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { submitForAnswer } from "../submit-one.ts";

/**
 * Sets credits aside if there are enough. What became of an id is for ever, a denial too.
 * @throws ServiceError `insufficient_credits` with what was required and available; `idempotency_conflict` when the id
 * was used for something else; `not_found`, `no_active_subscription`, `feature_not_mapped`, `amount_out_of_range`
 */
export function placeHold(deps: Deps, call: Call, input: HoldInput): Promise<StoredAnswer> {
  const { customerId } = input;
  return answerClaimed({ deps, call }, { content: input, customerId, status: 201 }, () =>
    carryOut(deps, call, input),
  );
}

function carryOut(deps: Deps, call: Call, input: HoldInput): Promise<StoredAnswer> {
  const { id, customerId, resourceId, userId, dimensions, metadata, expiresInSeconds } = input;
  const { featureId, quantity, creditTypeId, amount } = input;
  return submitForAnswer(deps, {
    kind: "place_hold",
    customerId,
    id: `hold:${id}`,
    contentHash: contentHash([
      featureId,
      quantity,
      creditTypeId,
      amount,
      userId,
      resourceId,
      canonical(dimensions),
      expiresInSeconds,
      canonical(metadata),
    ]),
    actor: call.actor,
    requestId: call.requestId,
    holdId: id,
    asked: spendingOf(input),
    userId: userId ?? null,
    resourceId: resourceId ?? "",
    dimensions: dimensions ?? null,
    metadata: metadata ?? {},
    lifeMs: (expiresInSeconds ?? DEFAULT_HOLD_SECONDS) * 1000,
  });
}
