export * from "./errors.ts";
export { buildOpenApi, codesOf } from "./openapi.ts";
export {
  ATTEMPT_STATUSES,
  type AttemptStatus,
  AUTO_TOP_UP_STATES,
  COLLECTION_METHODS,
  type CollectionMethod,
  collectionMethodOf,
  type AutoTopUp,
  type AutoTopUpAttempt,
  type AutoTopUpInput,
  type AutoTopUpState,
  SUSPENDED_REASONS,
  type SuspendedReason,
} from "./resources/auto-top-ups.ts";
export * from "./resources/balances.ts";
export * from "./resources/catalogue.ts";
export * from "./resources/checks.ts";
export * from "./resources/consumption.ts";
export * from "./resources/customers.ts";
export * from "./resources/estimates.ts";
export * from "./resources/events.ts";
export * from "./resources/exports.ts";
export * from "./resources/forecast.ts";
export * from "./resources/grants.ts";
export * from "./resources/holds.ts";
export * from "./resources/ledger.ts";
export * from "./resources/plans.ts";
export * from "./resources/test-clocks.ts";
export * from "./resources/quotes.ts";
export * from "./resources/reconciliation.ts";
export * from "./resources/series.ts";
export * from "./resources/settings.ts";
export * from "./resources/subscriptions.ts";
export {
  TOP_UP_METHODS,
  TOP_UP_STATUSES,
  type TopUp,
  type TopUpClearFraudWarning,
  type TopUpFailure,
  type TopUpInput,
  type TopUpInvoice,
  type TopUpMarkPaid,
  type TopUpMethod,
  topUp,
  topUpInput,
  type TopUpStatus,
  type TopUpVoid,
  UI_MODES,
} from "./resources/top-ups.ts";
export * from "./resources/usage.ts";
export type { RouteAuth, RouteDefinition, StreamedRows } from "./routes/define-route.ts";
export { type Routes, routes } from "./routes/index.ts";
export type { Money } from "./values/amounts.ts";
export { customerId, id, resourceId } from "./values/ids.ts";
export { type Spending, spendingOf } from "./values/spending.ts";
export { text } from "./values/text.ts";
export { timestampInput } from "./values/time.ts";
export {
  AUTO_TOP_UP_REMEDIES,
  type AutoTopUpRemedy,
  type WidgetAutoTopUp,
  type WidgetAutoTopUpInput,
  type WidgetCardSetup,
  type WidgetCardSetupInput,
} from "./widget/auto-top-ups.ts";
export * from "./widget/balances.ts";
export * from "./widget/grants.ts";
export * from "./widget/ledger.ts";
export * from "./widget/notification-preferences.ts";
export * from "./widget/session.ts";
export * from "./widget/stream.ts";
export * from "./widget/top-ups.ts";
export * from "./widget/billing.ts";
export * from "./widget/usage.ts";
