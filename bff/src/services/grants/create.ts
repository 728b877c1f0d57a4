import type { GrantInput } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import type { GrantCommand } from "../../pools/command.ts";
import { canonical, contentHash } from "../../pools/content-hash.ts";
import { makeId } from "../../storage/customers/ids.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";

/**
 * Grants credits: spendable at once, or scheduled. With an idempotency key, asking again gives the first answer byte
 * for byte and grants nothing.
 * @throws ServiceError `not_found` (customer or credit type), `idempotency_conflict`, `amount_out_of_range`,
 * `validation_failed` when it would already have expired
 */
export async function createGrant(deps: Deps, call: Call, input: GrantInput): Promise<StoredAnswer> {
  const [outcome] = await deps.pools.submit([toCommand(call, input)]);
  switch (outcome?.kind) {
    case "applied":
    case "duplicate":
      if (outcome.answer === null) throw new Error("a grant always has an answer");
      return { body: outcome.answer, replayed: outcome.kind === "duplicate" };
    case "rejected": {
      const { code, path, message } = outcome;
      throw new ServiceError(code, path === "" ? `The grant ${message}.` : `${path}: ${message}.`, {
        errors: path === "" ? [] : [{ path, code, message }],
        ...(code === "overloaded" ? { retryAfterSeconds: 1 } : {}),
      });
    }
    default:
      throw new Error("a grant was not carried out");
  }
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
  };
}
