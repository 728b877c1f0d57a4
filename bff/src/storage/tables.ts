import type { ColumnType, Generated, Selectable } from "kysely";
import type { StoredIncluded, StoredRate, StoredTopUp } from "./catalogue/plans-stored.ts";

/** A bigint column: read as text, so that nothing is ever rounded. */
type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>;
type Time = ColumnType<Date, Date | string, Date | string>;
type CreatedAt = ColumnType<Date, never, never>;
type Json<Value> = ColumnType<Value, string, string>;

export interface CreditTypesTable {
  id: string;
  name: string;
  description: string | null;
  unit_singular: string;
  unit_plural: string;
  symbol: string | null;
  low_balance_thresholds: Json<string[]>;
  grant_usage_thresholds: Json<string[]>;
  tracked_dimensions: Json<string[]>;
  archived_at: Time | null;
  created_at: CreatedAt;
}

export interface FeaturesTable {
  id: string;
  name: string;
  unit_singular: string | null;
  unit_plural: string | null;
  archived_at: Time | null;
  created_at: CreatedAt;
}

export interface PlansTable {
  id: string;
  version: number;
  created_at: CreatedAt;
}

export interface PlanVersionsTable {
  plan_id: string;
  version: number;
  name: string;
  credit_type_id: string;
  limit_mode: "hard" | "soft";
  top_up: Json<StoredTopUp> | null;
  rates: Json<StoredRate[]>;
  included: Json<StoredIncluded> | null;
  created_at: CreatedAt;
}

export interface ApiKeysTable {
  id: string;
  name: string;
  secret_hash: string;
  created_at: CreatedAt;
  revoked_at: Time | null;
}

export interface DeploymentSecretsTable {
  name: string;
  value: string;
  created_at: CreatedAt;
}

export interface IdempotentAnswersTable {
  route: string;
  key: string;
  content_hash: string;
  status: number | null;
  /** Null while the work goes on. */
  body: string | null;
  claimed_at: ColumnType<Date, never, Date>;
  created_at: CreatedAt;
}

export interface CustomersTable {
  customer_id: string;
  name: string | null;
  email: string | null;
  metadata: Json<Record<string, string>>;
  route: string;
  subscriptions_version: Generated<number>;
  test_clock_id: string | null;
  created_at: CreatedAt;
  updated_at: ColumnType<Date, never, Date>;
}

export interface CustomerRoutesTable {
  route: string;
  customer_id: string;
}

export interface SubscriptionsTable {
  customer_id: string;
  subscription_id: string;
  plan_id: string;
  plan_version: number;
  resource_id: string;
  starts_at: Time;
  ends_at: Time | null;
  price_amount: string | null;
  price_currency: string | null;
  seats: Generated<number>;
  /** The start, if null. */
  anchor_at: Time | null;
  anchor_period_no: Generated<number>;
  period_no: Generated<number>;
  next_period_at: Time | null;
  adjustment: Int8 | null;
  changes: Generated<number>;
  carry_limit: Int8 | null;
  carried: ColumnType<string, string | bigint | undefined, string | bigint>;
  canceled_at: Time | null;
  cancel_reason: string | null;
  created_at: CreatedAt;
  /** Null while nobody changed it. */
  updated_at: ColumnType<Date | null, never, Date>;
}

/** How many units of a tiered feature were used in a period of a subscription, in millionths. */
export interface RateCountersTable {
  customer_id: string;
  subscription_id: string;
  feature_id: string;
  every: "month" | "year";
  period_no: number;
  units: Int8;
}

export interface CustomerUsersTable {
  customer_id: string;
  user_no: number;
  user_id: string | null;
}

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

/** The time that customers on it live by. */
export interface TestClocksTable {
  test_clock_id: string;
  name: string | null;
  now: Time;
  created_at: CreatedAt;
  advanced_at: ColumnType<Date, never, Date>;
}

/** Every table, as Kysely sees it. */
export interface Tables {
  credit_types: CreditTypesTable;
  features: FeaturesTable;
  plans: PlansTable;
  plan_versions: PlanVersionsTable;
  api_keys: ApiKeysTable;
  deployment_secrets: DeploymentSecretsTable;
  idempotent_answers: IdempotentAnswersTable;
  customers: CustomersTable;
  customer_routes: CustomerRoutesTable;
  test_clocks: TestClocksTable;
  subscriptions: SubscriptionsTable;
  rate_counters: RateCountersTable;
  customer_users: CustomerUsersTable;
  pools: PoolsTable;
  grants: GrantsTable;
  grant_balances: GrantBalancesTable;
  holds: HoldsTable;
  denied_events: DeniedEventsTable;
  ledger: LedgerTable;
  ledger_seals: LedgerSealsTable;
  ledger_checkpoints: LedgerCheckpointsTable;
  commands: CommandsTable;
}

export type GrantRow = Selectable<GrantsTable>;
export type LedgerRow = Selectable<LedgerTable>;
