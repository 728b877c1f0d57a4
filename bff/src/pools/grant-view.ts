import { formatCredits } from "@credits-kit/amounts";
import { actor, type Grant } from "@credits-kit/contract";
import type { Decision, Grant as EngineGrant } from "@credits-kit/engine";
import type { GrantFacts, GrantRecord } from "../storage/pools/grant-record.ts";

/** A grant as the API shows it; its status follows from its facts. @param now milliseconds since 1970 */
export function viewGrant(record: GrantRecord, now: number): Grant {
  const { amount, revoked, frozen, expired } = record;
  const waiting = record.activated ? 0n : amount - revoked;
  const remaining = record.remaining + waiting;
  return {
    id: record.grantId,
    customerId: record.customerId,
    creditTypeId: record.creditTypeId,
    resourceId: record.resourceId === "" ? null : record.resourceId,
    amount: formatCredits(amount),
    remaining: formatCredits(remaining),
    consumed: formatCredits(amount - remaining - frozen - revoked - expired),
    held: formatCredits(record.held),
    frozen: formatCredits(frozen),
    revoked: formatCredits(revoked),
    expired: formatCredits(expired),
    category: record.category,
    status: statusOf(record, now),
    costBasis: record.costBasis,
    priority: record.priority,
    effectiveAt: new Date(record.effectiveAt).toISOString(),
    expiresAt: record.expiresAt === null ? null : new Date(record.expiresAt).toISOString(),
    reason: record.reason,
    actor: actor.parse(record.actor),
    source: record.source,
    payment: null,
    externalReference: record.externalReference,
    metadata: { ...record.metadata },
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
  };
}

function statusOf(record: GrantRecord, now: number): Grant["status"] {
  if (record.isRevoked) return "revoked";
  if (record.isPaymentPending) return "payment_pending";
  if (record.isFrozen) return "frozen";
  if (!record.activated) return "scheduled";
  const isPast = record.expiresAt !== null && record.expiresAt <= now;
  if (record.expired > 0n || (isPast && record.remaining > 0n)) return "expired";
  return record.remaining > 0n ? "active" : "depleted";
}

/** The record of a grant that is only about to be stored. */
export function recordOf(facts: GrantFacts, pool: { creditTypeId: string; resourceId: string }): GrantRecord {
  return {
    ...facts,
    creditTypeId: pool.creditTypeId,
    resourceId: pool.resourceId,
    updatedAt: facts.createdAt,
    remaining: 0n,
    held: 0n,
    frozen: 0n,
    revoked: 0n,
    expired: 0n,
    activated: false,
    isPaymentPending: false,
    isFrozen: false,
    isRevoked: false,
  };
}

/** A grant's record after a decision about it. */
export function recordAfter(record: GrantRecord, { entries }: Decision, after: EngineGrant): GrantRecord {
  let { expired } = record;
  for (const { type, draws } of entries) {
    if (type !== "expired") continue;
    for (const draw of draws) if (draw.grantKey === record.key) expired -= draw.amount;
  }
  const { remaining, held, frozen, revoked, activated, isPaymentPending, isFrozen, isRevoked } = after;
  const { priority, effectiveAt, expiresAt } = after;
  const state = { remaining, held, frozen, revoked, activated, isPaymentPending, isFrozen, isRevoked };
  return { ...record, ...state, expired, priority, effectiveAt, expiresAt };
}
