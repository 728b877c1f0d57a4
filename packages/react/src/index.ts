// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
export {
  CreditsAutoTopUp,
  type CreditsAutoTopUpListeners,
  type CreditsAutoTopUpProps,
} from "./credits-auto-top-up.ts";
export { CreditsBalance, type CreditsBalanceListeners, type CreditsBalanceProps } from "./credits-balance.ts";
export {
  CreditsGrantsTable,
  type CreditsGrantsTableListeners,
  type CreditsGrantsTableProps,
} from "./credits-grants-table.ts";
export { CreditsLedger, type CreditsLedgerListeners, type CreditsLedgerProps } from "./credits-ledger.ts";
export { CreditsSession, type CreditsSessionListeners, type CreditsSessionProps } from "./credits-session.ts";
export { CreditsTopUp, type CreditsTopUpListeners, type CreditsTopUpProps } from "./credits-top-up.ts";
export {
  CreditsUsageChart,
  type CreditsUsageChartListeners,
  type CreditsUsageChartProps,
} from "./credits-usage-chart.ts";
export {
  CreditsUtilizationPortal,
  type CreditsUtilizationPortalListeners,
  type CreditsUtilizationPortalProps,
} from "./credits-utilization-portal.ts";
