import type { AttemptStatus, SuspendedReason } from "@credits-kit/contract";
import type { ColumnType, Generated } from "kysely";
import type { CreatedAt, Int8, Json, Time } from "../column-types.ts";

type Changed = ColumnType<Date, never, Date>;
type Nullable<Value> = ColumnType<Value | null, Value | null | undefined, Value | null>;
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>;
type NullableInt8 = ColumnType<string | null, bigint | string | null, bigint | string | null>;

/** The rule of a pool, and where it stands. Pauses go by the customer's clock, looks by the real one. */
export interface AutoTopUpsTable {
  customer_id: string;
  credit_type_id: string;
  /** Empty for the default pool. */
  resource_id: string;
  enabled: boolean;
  threshold_credits: NullableInt8;
  threshold_minor: NullableInt8;
  target: NullableInt8;
  credits: NullableInt8;
  limit_minor: NullableInt8;
  currency: string | null;
  method: "charge" | "invoice";
  /** Of invoices; 30 days if null. */
  days_until_due: Nullable<number>;
  grant_expires_after: string | null;
  payment_method_id: Nullable<string>;
  consented_at: NullableTime;
  watch_below: Int8;
  /** When `watch_below` was worked out. */
  priced_at: Changed;
  failures: Generated<number>;
  paused_until: NullableTime;
  suspended_reason: Nullable<SuspendedReason>;
  /** The latest failure, in real time. */
  failed_at: NullableTime;
  /** The card that was charged when it was suspended. */
  failed_card_id: Nullable<string>;
  /** The month, such as `2026-11`, whose limit left no room. */
  limited_in: Nullable<string>;
  look_again_at: NullableTime;
  created_at: CreatedAt;
  updated_at: Changed;
}

/** A try to top up. Its id is what its order is known by. */
export interface AutoTopUpAttemptsTable {
  customer_id: string;
  attempt_id: string;
  credit_type_id: string;
  resource_id: string;
  status: ColumnType<AttemptStatus, undefined, AttemptStatus>;
  top_up_id: Nullable<string>;
  credits: Int8;
  currency: string;
  price_per_credit: string;
  total_minor: Int8;
  grant_expires_after: string | null;
  /** As the rule was when it began. */
  method: ColumnType<"charge" | "invoice", "charge" | "invoice" | undefined, never>;
  days_until_due: Nullable<number>;
  /** The month's limit that it was decided under. */
  limit_minor: NullableInt8;
  /** Null where an invoice is sent. */
  payment_method_id: string | null;
  started_at: Time;
  settled_at: NullableTime;
  action_until: NullableTime;
  failure_code: Nullable<string>;
  failure_decline_code: Nullable<string>;
  failure_message: Nullable<string>;
  leased_until: Time;
  created_at: CreatedAt;
}

/** What somebody is to be told about an auto top-up; each once. */
export interface AutoTopUpNoticesTable {
  customer_id: string;
  notice_key: string;
  credit_type_id: string;
  resource_id: string;
  kind: "attempted" | "action_required" | "changed" | "limit_reached";
  details: Json<Record<string, unknown>>;
  occurred_at: Time;
  created_at: CreatedAt;
}

/** A page on which a customer adds a card, with the consent to charge it later where it was asked for. */
export interface CardSetupsTable {
  customer_id: string;
  setup_id: string;
  /** Null of a card that is saved for no pool in particular. */
  credit_type_id: string | null;
  resource_id: string;
  setup_key: string;
  content_hash: string;
  status: ColumnType<"open" | "complete" | "expired", undefined, "open" | "complete" | "expired">;
  ui_mode: "hosted" | "embedded";
  success_url: string;
  cancel_url: string;
  expires_at: Time;
  checkout_session_id: Nullable<string>;
  url: Nullable<string>;
  payment_method_id: Nullable<string>;
  actor_kind: string;
  actor_id: string;
  consented_at: NullableTime;
  looked_at: NullableTime;
  created_at: CreatedAt;
}

/** What buys credits by itself. */
export interface AutoTopUpTables {
  auto_top_ups: AutoTopUpsTable;
  auto_top_up_attempts: AutoTopUpAttemptsTable;
  auto_top_up_notices: AutoTopUpNoticesTable;
  card_setups: CardSetupsTable;
}
