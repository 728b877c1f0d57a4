import type { HoldCapture } from "@credits-kit/contract";
import { canonical, contentHash } from "../../pools/content-hash.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { commandId, submitForAnswer } from "../submit-one.ts";

/**
 * Burns what a hold set aside: an amount, what a quantity costs, or all. Above the hold it takes the rest atomically, or
 * nothing. A final capture frees the rest.
 * @throws ServiceError `not_found`, `hold_closed`, `insufficient_credits` (the hold stays)
 */
export function captureHold(deps: Deps, call: Call, input: HoldCapture): Promise<StoredAnswer> {
  const { customerId, id: holdId, amount, quantity, dimensions, final = true } = input;
  return submitForAnswer(deps, {
    kind: "capture_hold",
    customerId,
    holdId,
    id: commandId(call),
    contentHash: contentHash([holdId, amount, quantity, canonical(dimensions), input.final]),
    actor: call.actor,
    requestId: call.requestId,
    amount: amount ?? null,
    quantity: quantity ?? null,
    dimensions: dimensions ?? null,
    isFinal: final,
  });
}
