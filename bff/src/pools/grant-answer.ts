import { formatCredits } from "@credits-kit/amounts";
import type { Grant } from "@credits-kit/contract";
import type { Pool } from "@credits-kit/engine";
import type { GrantFacts } from "../storage/pools/insert-grants.ts";
import type { GrantCommand } from "./command.ts";

/**
 * The answer to a new grant, as it is kept for the caller who asks again: what repaid overage is already taken off.
 */
export function grantAnswer(facts: GrantFacts, command: GrantCommand, pool: Pool): string {
  const inPool = pool.grants.find((grant) => grant.key === facts.key);
  const scheduled = inPool ? !inPool.activated : false;
  const remaining = scheduled ? facts.amount : (inPool?.remaining ?? 0n);
  const grant: Grant = {
    id: facts.grantId,
    customerId: facts.customerId,
    creditTypeId: command.creditTypeId,
    resourceId: command.resourceId === "" ? null : command.resourceId,
    amount: formatCredits(facts.amount),
    remaining: formatCredits(remaining),
    consumed: formatCredits(facts.amount - remaining),
    held: "0",
    revoked: "0",
    expired: "0",
    category: facts.category,
    status: scheduled ? "scheduled" : remaining > 0n ? "active" : "depleted",
    costBasis: facts.costBasis,
    priority: facts.priority,
    effectiveAt: new Date(facts.effectiveAt).toISOString(),
    expiresAt: facts.expiresAt === null ? null : new Date(facts.expiresAt).toISOString(),
    reason: facts.reason,
    actor: command.actor,
    source: command.source,
    payment: null,
    externalReference: facts.externalReference,
    metadata: { ...facts.metadata },
    createdAt: new Date(facts.createdAt).toISOString(),
    updatedAt: new Date(facts.createdAt).toISOString(),
  };
  return JSON.stringify(grant);
}
