import type { ColumnType, Generated, Selectable } from "kysely";
import type { CreatedAt, Int8, Json, Time } from "./column-types.ts";
import type {
  CommandsTable,
  DeniedEventsTable,
  GrantBalancesTable,
  GrantsTable,
  HoldsTable,
  LedgerCheckpointsTable,
  LedgerSealsTable,
  LedgerTable,
  PoolsTable,
} from "./money-tables.ts";
import type { AutoTopUpTables } from "./auto-top-ups/tables.ts";
import type { NotificationTables } from "./notification-preferences/tables.ts";
import type { PaymentTables } from "./payment-tables.ts";
import type { StoredIncluded, StoredRate, StoredTopUp } from "./catalogue/plans-stored.ts";

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

/** The time that customers on it live by. */
export interface TestClocksTable {
  test_clock_id: string;
  name: string | null;
  now: Time;
  created_at: CreatedAt;
  advanced_at: ColumnType<Date, never, Date>;
}

/** Every table, as Kysely sees it. */
export interface Tables extends PaymentTables, AutoTopUpTables, NotificationTables {
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
