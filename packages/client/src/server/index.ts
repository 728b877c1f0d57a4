export { CreditsApiError, type ClientErrorCode, type CreditsErrorCode } from "./api-error.ts";
export type { Clock } from "./clock.ts";
export { createServerClient, type ServerClient, type ServerClientOptions } from "./create-server-client.ts";
export type { AnswerOf, BodyOf, CallOptions, Keyed, Operation, QueryOf } from "./wire-types.ts";
export type {
  Balance,
  CreditType,
  Customer,
  EventResult,
  Feature,
  FieldError,
  Grant,
  LedgerEntry,
  Plan,
  Subscription,
  UsageEventInput,
  WidgetSession,
} from "@credits-kit/contract";
