import type { GrantRevocation } from "@credits-kit/contract";
import { contentHash } from "../../pools/content-hash.ts";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { commandId, submitForAnswer } from "../submit-one.ts";
import { unknown } from "../unknown.ts";

/**
 * Takes back what is left of a grant, or an amount of it. What open holds reserve is taken back as it comes free.
 * @throws ServiceError `not_found`; `state_conflict` when nothing is left of it; `amount_out_of_range` for more than can
 * be taken back now
 */
export async function revokeGrant(
  deps: Deps,
  call: Call,
  { id, revocation }: { id: string; revocation: GrantRevocation },
): Promise<StoredAnswer> {
  const customerId = await findCustomerOf(deps.database.writer, id);
  if (customerId === null) throw unknown("grant");
  const { amount = null, reason, externalReference = null } = revocation;
  return submitForAnswer(deps, {
    kind: "revoke_grant",
    customerId,
    grantId: id,
    id: commandId(call),
    contentHash: contentHash([id, amount, reason, externalReference]),
    actor: call.actor,
    requestId: call.requestId,
    amount,
    reason,
    externalReference,
  });
}
