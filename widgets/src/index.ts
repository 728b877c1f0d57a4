export * from "./credits-auto-top-up/credits-auto-top-up.events.ts";
export { CreditsAutoTopUp } from "./credits-auto-top-up/credits-auto-top-up.ts";
export type {
  CreditsAutoTopUpState,
  Notice as AutoTopUpNotice,
} from "./credits-auto-top-up/credits-auto-top-up.types.ts";
export * from "./credits-balance/credits-balance.events.ts";
export * from "./credits-balance/credits-history.events.ts";
export { CreditsBalance } from "./credits-balance/credits-balance.ts";
export type { CreditsBalanceState, Stale } from "./credits-balance/credits-balance.types.ts";
export * from "./credits-grants-table/credits-grants-table.events.ts";
export { CreditsGrantsTable } from "./credits-grants-table/credits-grants-table.ts";
export type {
  CreditsGrantsTableState,
  GrantCategory,
  GrantOrder,
  GrantStatus,
} from "./credits-grants-table/credits-grants-table.types.ts";
export * from "./credits-ledger/credits-ledger.events.ts";
export { CreditsLedger } from "./credits-ledger/credits-ledger.ts";
export type { CreditsLedgerState, EntryType } from "./credits-ledger/credits-ledger.types.ts";
export { CreditsSession } from "./credits-session/credits-session.ts";
export {
  CreditsTopUpCloseEvent,
  CreditsTopUpFailedEvent,
  CreditsTopUpStartedEvent,
  CreditsTopUpSucceededEvent,
  type TopUpFault,
  type TopUpProgress,
} from "./credits-top-up/credits-top-up.events.ts";
export { CreditsTopUp } from "./credits-top-up/credits-top-up.ts";
export type { CreditsTopUpState, Notice as TopUpNotice } from "./credits-top-up/credits-top-up.types.ts";
export * from "./credits-usage-chart/credits-usage-chart.events.ts";
export { CreditsUsageChart } from "./credits-usage-chart/credits-usage-chart.ts";
export type {
  CreditsUsageChartState,
  UsageChartView,
  UsageGrouping,
  UsageRange,
} from "./credits-usage-chart/credits-usage-chart.types.ts";
export * from "./credits-utilization-portal/credits-utilization-portal.events.ts";
export { CreditsUtilizationPortal } from "./credits-utilization-portal/credits-utilization-portal.ts";
export type { PortalPart, PortalTab } from "./credits-utilization-portal/credits-utilization-portal.types.ts";
export { setDefaultApiBase } from "./session/session-config.ts";
export { CreditsSessionExpiredEvent } from "./session/session-events.ts";
export type { FetchSession } from "./session/session-config.ts";
export type { Appearance, Token } from "./ui/appearance.ts";
export { defineElement } from "./ui/define-element.ts";
export { registerTranslation } from "./ui/own-words.ts";
export type { AutoTopUpTexts } from "./ui/auto-top-up-texts.ts";
export type { BalanceHistoryTexts } from "./ui/balance-history-texts.ts";
export type { GrantsFormTexts, GrantsTableTexts } from "./ui/grants-table-texts.ts";
export type { LedgerFormTexts, LedgerTexts } from "./ui/ledger-texts.ts";
export type { PortalTexts } from "./ui/portal-texts.ts";
export type { TopUpTexts } from "./ui/top-up-texts.ts";
export type { UsageChartTexts } from "./ui/usage-chart-texts.ts";
export type { Localization, Plural, Some, Translation } from "./ui/translation.ts";
export { VERSION } from "./versions.ts";
