/** What a hold is stored with from the start. */
export interface HoldFacts {
  readonly customerId: string;
  readonly poolNo: number;
  /** The seq of the entry that placed it. */
  readonly key: number;
  readonly holdId: string;
  readonly amount: bigint;
  readonly expiresAt: number;
  readonly featureId: string | null;
  readonly userId: string | null;
  readonly userNo: number | null;
  readonly quantity: bigint | null;
  readonly dimensions: Readonly<Record<string, string | number | boolean>> | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly requestId: string | null;
  readonly createdAt: number;
}

/** A hold as it is stored, with what became of it. */
export interface HoldRecord extends HoldFacts {
  readonly creditTypeId: string;
  readonly resourceId: string;
  readonly captured: bigint;
  /** What it still reserves. */
  readonly held: bigint;
  /** How it ended; null while it is open. */
  readonly ended: "captured" | "released" | "expired" | null;
  readonly closedAt: number | null;
}

/** The columns of a stored hold `h`, of its pool `p` and of its user `u`, as `toHoldRecord` reads them. */
export const HOLD_RECORD_COLUMNS = `
  h.customer_id, h.pool_no, h.key, h.hold_id, h.amount, h.captured, h.ended, h.expires_at, h.closed_at, h.feature_id,
  h.user_no, h.quantity, h.dimensions, h.metadata, h.actor_kind, h.actor_id, h.request_id, h.created_at, u.user_id,
  array_total(h.part_amounts) as held, p.credit_type_id, p.resource_id`;

/** A row with those columns. */
export interface HoldRecordRow {
  readonly customer_id: string;
  readonly pool_no: number;
  readonly key: string;
  readonly hold_id: string;
  readonly amount: string;
  readonly captured: string;
  readonly ended: "captured" | "released" | "expired" | null;
  readonly expires_at: Date;
  readonly closed_at: Date | null;
  readonly feature_id: string | null;
  readonly user_no: number | null;
  readonly quantity: string | null;
  readonly dimensions: Record<string, string | number | boolean> | null;
  readonly metadata: Record<string, string>;
  readonly actor_kind: string;
  readonly actor_id: string;
  readonly request_id: string | null;
  readonly created_at: Date;
  readonly user_id: string | null;
  readonly held: string;
  readonly credit_type_id: string;
  readonly resource_id: string;
}

/** Reads a row into amounts and moments. */
export function toHoldRecord(row: HoldRecordRow): HoldRecord {
  return {
    customerId: row.customer_id,
    poolNo: row.pool_no,
    creditTypeId: row.credit_type_id,
    resourceId: row.resource_id,
    key: Number(row.key),
    holdId: row.hold_id,
    amount: BigInt(row.amount),
    captured: BigInt(row.captured),
    held: BigInt(row.held),
    ended: row.ended,
    expiresAt: row.expires_at.getTime(),
    closedAt: row.closed_at?.getTime() ?? null,
    featureId: row.feature_id,
    userId: row.user_id,
    userNo: row.user_no,
    quantity: row.quantity === null ? null : BigInt(row.quantity),
    dimensions: row.dimensions,
    metadata: row.metadata,
    actor: { kind: row.actor_kind, id: row.actor_id },
    requestId: row.request_id,
    createdAt: row.created_at.getTime(),
  };
}
