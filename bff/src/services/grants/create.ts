import type { GrantInput } from "@credits-kit/contract";
import type { GrantCommand } from "../../pools/command.ts";
import { canonical, contentHash } from "../../pools/content-hash.ts";
import { makeId } from "../../storage/customers/ids.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { submitForAnswer } from "../submit-one.ts";

/**
 * Grants credits: spendable at once, or scheduled. With an idempotency key, asking again gives the first answer byte
 * for byte and grants nothing.
 * @throws ServiceError `not_found` (customer or credit type), `idempotency_conflict`, `amount_out_of_range`,
 * `validation_failed` when it would already have expired
 */
export async function createGrant(deps: Deps, call: Call, input: GrantInput): Promise<StoredAnswer> {
  return submitForAnswer(deps, toCommand(call, input));
}

function toCommand({ actor, requestId, idempotency }: Call, input: GrantInput): GrantCommand {
  const grantId = makeId("gr", input.customerId);
  const { costBasis } = input;
  return {
    kind: "grant",
    customerId: input.customerId,
    id: idempotency ? `idem:${idempotency.route}:${idempotency.key}` : `grant:${grantId}`,
    contentHash: contentHash([
      input.creditTypeId,
      input.resourceId,
      input.amount,
      input.category,
      costBasis ? `${costBasis.amount} ${costBasis.currency}` : null,
      input.priority,
      input.effectiveAt,
      input.expiresAt,
      input.reason,
      input.externalReference,
      canonical(input.metadata),
    ]),
    actor,
    requestId,
    grantId,
    creditTypeId: input.creditTypeId,
    resourceId: input.resourceId ?? "",
    amount: input.amount,
    category: input.category,
    costBasis: costBasis ?? null,
    priority: input.priority ?? 0,
    effectiveAt: input.effectiveAt ?? null,
    expiresAt: input.expiresAt ?? null,
    reason: input.reason ?? null,
    externalReference: input.externalReference ?? null,
    metadata: input.metadata ?? {},
    source: { kind: "api", id: null },
    isPaymentPending: false,
  };
}
