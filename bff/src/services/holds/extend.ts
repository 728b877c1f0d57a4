import type { HoldExtension } from "@credits-kit/contract";
import { contentHash } from "../../pools/content-hash.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { commandId, submitForAnswer } from "../submit-one.ts";

/**
 * Lets a hold live this long from now on.
 * @throws ServiceError `not_found`, `hold_closed`, `state_conflict` when it lives longer already
 */
export function extendHold(deps: Deps, call: Call, input: HoldExtension): Promise<StoredAnswer> {
  const { customerId, id: holdId, expiresInSeconds } = input;
  return submitForAnswer(deps, {
    kind: "extend_hold",
    customerId,
    holdId,
    id: commandId(call),
    contentHash: contentHash([holdId, expiresInSeconds]),
    actor: call.actor,
    requestId: call.requestId,
    lifeMs: expiresInSeconds * 1000,
  });
}
