export { CreditsApiError, type ClientErrorCode, type CreditsErrorCode } from "./api-error.ts";
export type { CheckOptions, FallbackCheck, RealCheck } from "./check.ts";
export type { ExportFilters } from "./calls/exports.ts";
export type { Clock, SleepOptions } from "./clock.ts";
export {
  type CloseOptions,
  createServerClient,
  type ServerClient,
  type ServerClientOptions,
} from "./create-server-client.ts";
export type { ExportRows } from "./exports/export-rows.ts";
export type { OnUsageError, UsageProblem } from "./usage/usage-problem.ts";
export type { BufferedEvent } from "./usage/usage-reporter.ts";
export type {
  AnswerOf,
  BodyOf,
  CallOptions,
  Keyed,
  Operation,
  QueryOf,
  SpendingInput,
  Spends,
} from "./wire-types.ts";
export type { OpenHold, UsedInput, WithHoldInput } from "./with-hold.ts";
export type {
  Balance,
  Check,
  Consumed,
  CreditType,
  Customer,
  Estimate,
  EstimatedEventInput,
  EventResult,
  ExportKind,
  ExportRow,
  Feature,
  FieldError,
  Forecast,
  Grant,
  Hold,
  HoldAnswer,
  LedgerEntry,
  LedgerGroup,
  Plan,
  ReversedEvent,
  Subscription,
  Usage,
  UsageEventInput,
  UsagePoint,
  UsageRecord,
  UsageSeries,
  UsedBy,
  WidgetSession,
} from "@credits-kit/contract";
