import type { ColumnType } from "kysely";
import type { CreatedAt, Int8, Json, Time } from "./column-types.ts";

export interface PoolsTable {
  customer_id: string;
  pool_no: number;
  credit_type_id: string;
  resource_id: string;
  seq: Int8;
  balance: Int8;
  overage: Int8;
  next_due_at: Time | null;
  created_at: CreatedAt;
}

export interface GrantsTable {
  customer_id: string;
  pool_no: number;
  key: Int8;
  grant_id: string;
  amount: Int8;
  category: "promo" | "recurring" | "paid";
  priority: number;
  effective_at: Time;
  expires_at: Time | null;
  cost_basis_amount: string | null;
  cost_basis_currency: string | null;
  reason: string | null;
  external_reference: string | null;
  metadata: Json<Record<string, string>>;
  actor_kind: string;
  actor_id: string;
  source_kind: string;
  source_id: string | null;
  created_at: CreatedAt;
  updated_at: ColumnType<Date, never, Date>;
}

/** What remains of a grant and what became of the rest; only the guard writes it. */
export interface GrantBalancesTable {
  customer_id: string;
  pool_no: number;
  key: Int8;
  amount: Int8;
  remaining: Int8;
  held: Int8;
  frozen: Int8;
  revoked: Int8;
  expired: Int8;
  repaid: Int8;
  activated: boolean;
  is_payment_pending: boolean;
  is_frozen: boolean;
  is_revoked: boolean;
  open: boolean;
}

export interface HoldsTable {
  customer_id: string;
  pool_no: number;
  key: Int8;
  hold_id: string;
  amount: Int8;
  captured: Int8;
  part_keys: string[];
  part_amounts: string[];
  ended: "captured" | "released" | "expired" | null;
  expires_at: Time;
  closed_at: Time | null;
  feature_id: string | null;
  user_no: number | null;
  quantity: Int8 | null;
  dimensions: Json<Record<string, string | number | boolean>> | null;
  metadata: Json<Record<string, string>>;
  actor_kind: string;
  actor_id: string;
  request_id: string | null;
  created_at: CreatedAt;
}

export interface DeniedEventsTable {
  customer_id: string;
  event_id: string;
  at: CreatedAt;
  occurred_at: Time;
  credit_type_id: string;
  resource_id: string;
  feature_id: string;
  user_no: number | null;
  quantity: Int8;
  dimensions: Json<Record<string, string | number | boolean>> | null;
  required: Int8;
  available: Int8;
  request_id: string | null;
}

export interface LedgerTable {
  customer_id: string;
  pool_no: number;
  seq: Int8;
  at: CreatedAt;
  occurred_at: Time;
  type: string;
  delta: Int8;
  end_balance: Int8;
  overage_change: Int8;
  draw_keys: string[];
  draw_amounts: string[];
  source_kind: string;
  source_id: string | null;
  actor_kind: string;
  actor_id: string;
  reason: string | null;
  feature_id: string | null;
  user_no: number | null;
  quantity: Int8 | null;
  dimensions: Json<Record<string, string | number | boolean>> | null;
  request_id: string | null;
  decided_at: Time;
  about_seq: Int8 | null;
  draw_held: string[] | null;
  details: Json<Record<string, unknown>> | null;
}

export interface CommandsTable {
  customer_id: string;
  id: string;
  hash_version: number;
  content_hash: string;
  pool_no: number | null;
  seq: Int8 | null;
  answer: string | null;
  at: CreatedAt;
}

/** A block of a pool's entries that was sealed; only the database writes the hash. */
export interface LedgerSealsTable {
  customer_id: string;
  pool_no: number;
  from_seq: Int8;
  to_seq: Int8;
  form: number;
  hash: Uint8Array;
  sealed_at: CreatedAt;
}

/** What a pool was after an entry up to which its ledger was archived; only the owner writes it. */
export interface LedgerCheckpointsTable {
  customer_id: string;
  pool_no: number;
  seq: Int8;
  at: CreatedAt;
  hash: Uint8Array;
  state: Json<Record<string, unknown>>;
}
