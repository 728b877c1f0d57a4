import type { Grant, GrantChange } from "@credits-kit/contract";
import type { UpdateGrantCommand } from "../../pools/command.ts";
import { canonical, contentHash } from "../../pools/content-hash.ts";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { commandId, submitForAnswer } from "../submit-one.ts";
import { unknown } from "../unknown.ts";

/**
 * Changes a grant; one `updated` entry tells about it.
 * @throws ServiceError `not_found`; `state_conflict` for terms of a grant that is gone, for `effectiveAt` after the
 * activation, and when the pool is no longer at `ifSeq`; `validation_failed` for an expiry that is not in the future
 */
export async function updateGrant(
  deps: Deps,
  call: Call,
  { id, change }: { id: Grant["id"]; change: GrantChange },
): Promise<StoredAnswer> {
  const customerId = await findCustomerOf(deps.database.writer, id);
  if (customerId === null) throw unknown("grant");
  return submitForAnswer(deps, toCommand(call, { grantId: id, customerId }, change));
}

function toCommand(
  call: Call,
  about: { grantId: string; customerId: string },
  change: GrantChange,
): UpdateGrantCommand {
  const { metadata, ...terms } = change;
  const parts = Object.entries(terms).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return {
    kind: "update_grant",
    ...about,
    id: commandId(call),
    contentHash: contentHash([about.grantId, ...parts.sort(), canonical(metadata)]),
    actor: call.actor,
    requestId: call.requestId,
    ...change,
  };
}
