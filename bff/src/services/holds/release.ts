import type { HoldRelease } from "@credits-kit/contract";
import { contentHash } from "../../pools/content-hash.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { commandId, submitForAnswer } from "../submit-one.ts";

/** Ends a hold and frees what it set aside. @throws ServiceError `not_found`, `hold_closed` */
export function releaseHold(deps: Deps, call: Call, input: HoldRelease): Promise<StoredAnswer> {
  const { customerId, id: holdId } = input;
  return submitForAnswer(deps, {
    kind: "release_hold",
    customerId,
    holdId,
    id: commandId(call),
    contentHash: contentHash([holdId]),
    actor: call.actor,
    requestId: call.requestId,
  });
}
