import type { EventReversal } from "@credits-kit/contract";
import { contentHash } from "../../pools/content-hash.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { commandId, submitForAnswer } from "../submit-one.ts";

/**
 * Takes an applied event back, once: what it burned returns to the grants that paid, unless they are gone.
 * @throws ServiceError `not_found` (customer or event); `state_conflict` when it was reversed before
 */
export function reverseEvent(deps: Deps, call: Call, input: EventReversal): Promise<StoredAnswer> {
  const { customerId, id: eventId, reason } = input;
  return submitForAnswer(deps, {
    kind: "reverse_event",
    customerId,
    eventId,
    id: commandId(call),
    contentHash: contentHash([eventId, reason]),
    actor: call.actor,
    requestId: call.requestId,
    reason,
  });
}
