import type { Grant, GrantCategory } from "@credits-kit/engine";

/** What a grant is stored with from the start. */
export interface GrantFacts {
  readonly customerId: string;
  readonly poolNo: number;
  readonly key: number;
  readonly grantId: string;
  readonly amount: bigint;
  readonly category: GrantCategory;
  readonly priority: number;
  readonly effectiveAt: number;
  readonly expiresAt: number | null;
  readonly costBasis: { readonly amount: string; readonly currency: string } | null;
  readonly reason: string | null;
  readonly externalReference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly source: { readonly kind: string; readonly id: string | null };
  readonly createdAt: number;
}

/** A grant as it is stored, with what became of it. */
export interface GrantRecord extends GrantFacts {
  readonly creditTypeId: string;
  readonly resourceId: string;
  readonly updatedAt: number;
  readonly remaining: bigint;
  readonly held: bigint;
  readonly frozen: bigint;
  readonly revoked: bigint;
  readonly expired: bigint;
  readonly activated: boolean;
  readonly isPaymentPending: boolean;
  readonly isFrozen: boolean;
  readonly isRevoked: boolean;
}

/** The columns of a stored grant `g`, of its balance `b` and of its pool `p`, as `toGrantRecord` reads them. */
export const GRANT_RECORD_COLUMNS = `
  g.customer_id, g.pool_no, g.key, g.grant_id, g.amount, g.category, g.priority, g.effective_at, g.expires_at,
  g.cost_basis_amount, g.cost_basis_currency, g.reason, g.external_reference, g.metadata, g.actor_kind, g.actor_id,
  g.source_kind, g.source_id, g.created_at, g.updated_at, b.remaining, b.held, b.frozen, b.revoked, b.expired,
  b.activated, b.is_payment_pending, b.is_frozen, b.is_revoked, p.credit_type_id, p.resource_id`;

/** A row with those columns. */
export interface GrantRecordRow {
  readonly customer_id: string;
  readonly pool_no: number;
  readonly key: string;
  readonly grant_id: string;
  readonly amount: string;
  readonly category: GrantCategory;
  readonly priority: number;
  readonly effective_at: Date;
  readonly expires_at: Date | null;
  readonly cost_basis_amount: string | null;
  readonly cost_basis_currency: string | null;
  readonly reason: string | null;
  readonly external_reference: string | null;
  readonly metadata: Record<string, string>;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly source_kind: string;
  readonly source_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly remaining: string;
  readonly held: string;
  readonly frozen: string;
  readonly revoked: string;
  readonly expired: string;
  readonly activated: boolean;
  readonly is_payment_pending: boolean;
  readonly is_frozen: boolean;
  readonly is_revoked: boolean;
  readonly credit_type_id: string;
  readonly resource_id: string;
}

/** Reads a row into amounts and moments. */
export function toGrantRecord(row: GrantRecordRow): GrantRecord {
  const { cost_basis_amount: amount, cost_basis_currency: currency } = row;
  return {
    customerId: row.customer_id,
    poolNo: row.pool_no,
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id,
    key: Number(row.key),
    grantId: row.grant_id,
    amount: BigInt(row.amount),
    category: row.category,
    priority: row.priority,
    effectiveAt: row.effective_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    costBasis: amount !== null && currency !== null ? { amount, currency } : null,
    reason: row.reason,
    externalReference: row.external_reference,
    metadata: row.metadata,
    actor: { kind: row.actor_kind, id: row.actor_id },
    source: { kind: row.source_kind, id: row.source_id },
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    remaining: BigInt(row.remaining),
    held: BigInt(row.held),
    frozen: BigInt(row.frozen),
    revoked: BigInt(row.revoked),
    expired: BigInt(row.expired),
    activated: row.activated,
    isPaymentPending: row.is_payment_pending,
    isFrozen: row.is_frozen,
    isRevoked: row.is_revoked,
  };
}

/** A stored grant as the engine sees it. */
export function toEngineGrant(record: GrantRecord): Grant {
  return {
    key: record.key,
    id: record.grantId,
    amount: record.amount,
    category: record.category,
    priority: record.priority,
    effectiveAt: record.effectiveAt,
    expiresAt: record.expiresAt,
    activated: record.activated,
    isPaymentPending: record.isPaymentPending,
    remaining: record.remaining,
    held: record.held,
    frozen: record.frozen,
    revoked: record.revoked,
    isFrozen: record.isFrozen,
    isRevoked: record.isRevoked,
  };
}
