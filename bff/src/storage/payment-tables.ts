import type { ColumnType, Generated } from "kysely";
import type { TopUpMethod, TopUpStatus } from "@credits-kit/contract";
import type { CreatedAt, Int8, Json, Time } from "./column-types.ts";

/** Set by the database, or by whoever changes the row. */
type Changed = ColumnType<Date, never, Date>;
type Nullable<Value> = ColumnType<Value | null, Value | null | undefined, Value | null>;
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type NullableInt8 = ColumnType<
  string | null,
  string | number | bigint | null | undefined,
  string | number | bigint | null
>;

type GeneratedInt8 = ColumnType<string, string | number | bigint | undefined, string | number | bigint>;

export interface TopUpsTable {
  customer_id: string;
  top_up_id: string;
  credit_type_id: string;
  resource_id: string;
  credits: Int8;
  currency: string;
  price_per_credit: string;
  subtotal_minor: Int8;
  total_minor: Int8;
  method: TopUpMethod;
  ui_mode: "hosted" | "embedded" | null;
  source_kind: Generated<string>;
  status: ColumnType<TopUpStatus, TopUpStatus | undefined, TopUpStatus>;
  grant_id: string;
  priority: number;
  effective_at: Time | null;
  expires_at: Time | null;
  grant_expires_after: string | null;
  reason: string | null;
  external_reference: string | null;
  metadata: Json<Record<string, string>>;
  actor_kind: string;
  actor_id: string;
  request_id: string;
  order_key: string;
  content_hash: string;
  stripe_key: string;
  called_at: NullableTime;
  is_off_session: Generated<boolean>;
  saves_card: boolean;
  consented_at: NullableTime;
  success_url: string | null;
  cancel_url: string | null;
  payment_method_id: Nullable<string>;
  checkout_session_id: Nullable<string>;
  payment_intent_id: Nullable<string>;
  pay_url: Nullable<string>;
  payable_until: NullableTime;
  paid_minor: NullableInt8;
  tax_minor: NullableInt8;
  receipt_url: Nullable<string>;
  failure_code: Nullable<string>;
  failure_decline_code: Nullable<string>;
  failure_message: Nullable<string>;
  looked_at: NullableTime;
  bank_url: Nullable<string>;
  bank_asked_at: NullableTime;
  refunded_minor: GeneratedInt8;
  revoked_credits: GeneratedInt8;
  shortfall_credits: GeneratedInt8;
  dispute_status: Nullable<string>;
  days_until_due: Nullable<number>;
  release_on: Nullable<"paid" | "issued">;
  invoice_id: Nullable<string>;
  invoice_status: Nullable<string>;
  invoice_number: Nullable<string>;
  invoice_url: Nullable<string>;
  invoice_pdf_url: Nullable<string>;
  invoice_due_at: NullableTime;
  paid_out_of_band: Generated<boolean>;
  /** The latest early fraud warning about its payment, and whether its credits are frozen for it until it is cleared. */
  fraud_warning_id: Nullable<string>;
  fraud_freezes: Generated<boolean>;
  fraud_cleared_at: NullableTime;
  created_at: CreatedAt;
  updated_at: Changed;
}

export interface TopUpHistoryTable {
  customer_id: string;
  top_up_id: string;
  no: number;
  status: TopUpStatus;
  /** Who noticed: `order`, `webhook`, `return_page`, `status_read`, `reconcile`, … */
  cause: string;
  actor_kind: string | null;
  actor_id: string | null;
  reason: string | null;
  at: CreatedAt;
}

/** What a grant's payment is shown as. */
export interface GrantPaymentsTable {
  customer_id: string;
  grant_id: string;
  status: string;
  invoice_url: string | null;
  receipt_url: string | null;
  updated_at: Changed;
}

export interface StripeCustomersTable {
  customer_id: string;
  /** Null until Stripe has answered. */
  stripe_customer_id: Nullable<string>;
  stripe_key: string;
  called_at: Changed;
  created_at: CreatedAt;
}

/** Whose a thing of Stripe's is. */
export interface StripeObjectsTable {
  object_id: string;
  customer_id: string;
  top_up_id: string | null;
  created_at: CreatedAt;
}

/** What Stripe told, without its content: that is read again from Stripe. */
export interface StripeEventsTable {
  event_id: string;
  type: string;
  object_id: string | null;
  is_live: boolean;
  api_version: string | null;
  account: string | null;
  happened_at: Time;
  received_at: CreatedAt;
  status: ColumnType<
    "waiting" | "done" | "ignored" | "dead",
    undefined,
    "waiting" | "done" | "ignored" | "dead"
  >;
  tries: Generated<number>;
  next_try_at: ColumnType<Date, Date | undefined, Date>;
  outcome: Nullable<string>;
  settled_at: NullableTime;
}

export interface ReconciliationFindingsTable {
  finding_id: string;
  kind: string;
  customer_id: string | null;
  top_up_id: string | null;
  object_id: string | null;
  amount_minor: NullableInt8;
  currency: string | null;
  credits: NullableInt8;
  detail: string;
  since: Time;
  repaired_at: NullableTime;
}

export interface ReconciliationRunsTable {
  name: string;
  checked_at: NullableTime;
  payments_seen_to: NullableTime;
  deep_at: NullableTime;
  database_ahead_ms: NullableInt8;
  stripe_ahead_ms: NullableInt8;
}

export interface SettingsTable {
  name: string;
  value: Json<unknown>;
  updated_at: Changed;
}

export interface SettingsChangesTable {
  change_id: string;
  at: CreatedAt;
  actor_kind: string;
  actor_id: string;
  request_id: string;
  before: Json<unknown>;
  after: Json<unknown>;
}

/** A refund or a dispute of a payment. */
export interface ReversalsTable {
  customer_id: string;
  reversal_id: string;
  kind: "refund" | "dispute";
  top_up_id: string;
  payment_id: string;
  amount_minor: Int8;
  currency: string;
  status: string;
  reason: string | null;
  happened_at: Time;
  looked_at: ColumnType<Date, undefined, Date>;
  restored_grant_id: Nullable<string>;
  restored_credits: NullableInt8;
}

/** Credits that are taken back for one of them. */
export interface TakingsTable {
  customer_id: string;
  command_id: string;
  reversal_id: string;
  top_up_id: string;
  grant_id: string;
  amount: Int8;
  takes_held: boolean;
  /** Null until it is done. */
  taken: NullableInt8;
  created_at: CreatedAt;
}

/** What money comes in by. */
export interface PaymentTables {
  top_ups: TopUpsTable;
  top_up_history: TopUpHistoryTable;
  grant_payments: GrantPaymentsTable;
  stripe_customers: StripeCustomersTable;
  stripe_objects: StripeObjectsTable;
  stripe_events: StripeEventsTable;
  reconciliation_findings: ReconciliationFindingsTable;
  reconciliation_runs: ReconciliationRunsTable;
  settings: SettingsTable;
  settings_changes: SettingsChangesTable;
  reversals: ReversalsTable;
  takings: TakingsTable;
}
