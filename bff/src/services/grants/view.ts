import { formatCredits } from "@credits-kit/amounts";
import { actor, type Grant } from "@credits-kit/contract";
import type { GrantInPool } from "../../storage/pools/read-grants.ts";

/** A grant as the API shows it; its status follows from its facts. */
export function grantView(row: GrantInPool): Grant {
  const amount = BigInt(row.amount);
  const scheduled = row.open && !row.activated;
  const remaining = scheduled ? amount : BigInt(row.remaining);
  const expired = BigInt(row.expired);
  return {
    id: row.grant_id,
    customerId: row.customer_id,
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id === "" ? null : row.resource_id,
    amount: formatCredits(amount),
    remaining: formatCredits(remaining),
    consumed: formatCredits(amount - remaining - expired),
    held: "0",
    revoked: "0",
    expired: formatCredits(expired),
    category: row.category,
    status: scheduled ? "scheduled" : remaining > 0n ? "active" : expired > 0n ? "expired" : "depleted",
    costBasis:
      row.cost_basis_amount !== null && row.cost_basis_currency !== null
        ? { amount: row.cost_basis_amount, currency: row.cost_basis_currency }
        : null,
    priority: row.priority,
    effectiveAt: row.effective_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    reason: row.reason,
    actor: actor.parse({ kind: row.actor_kind, id: row.actor_id }),
    source: { kind: row.source_kind, id: row.source_id },
    payment: null,
    externalReference: row.external_reference,
    metadata: row.metadata,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
