import type { AutoTopUpTexts } from "./auto-top-up-texts.ts";
import type { BalanceHistoryTexts } from "./balance-history-texts.ts";
import type { GrantsFormTexts, GrantsTableTexts } from "./grants-table-texts.ts";
import type { LedgerFormTexts, LedgerTexts } from "./ledger-texts.ts";
import type { PortalTexts } from "./portal-texts.ts";
import type { TopUpTexts } from "./top-up-texts.ts";
import type { UsageChartTexts } from "./usage-chart-texts.ts";

/** The plural form of an amount in the language at hand. */
export type Plural = Intl.LDMLPluralRule;

/** Every text of the kit in one language. Amounts, units and dates come in already written in that language. */
export interface Translation {
  /** The language, as in `lang`: `de`, or `de-CH` for a region's own words. */
  code: string;
  dir: "ltr" | "rtl";

  loading: string;
  available(unit: string): string;
  held(amount: string): string;
  pending(amount: string): string;
  scheduled(amount: string): string;
  used(share: string): string;
  usedOf(used: string, total: string, share: string): string;
  expires(amount: string, when: string, plural: Plural): string;
  /** When a plan's included credits come again. */
  refreshes(when: string): string;
  low: string;
  lowFor(duration: string): string;
  depleted(unit: string): string;
  over(amount: string, unit: string): string;
  history(from: string, to: string): string;
  empty: string;
  emptyHint: string;
  forbidden: string;
  forbiddenHint: string;
  error: string;
  errorHint: string;
  offlineHint: string;
  sessionHint: string;
  reference(requestId: string): string;
  retry: string;
  retrying: string;
  updated(when: string): string;
  topUp: string;
  /** The page's own words for `<credits-top-up>`; what is left out is said as the kit says it. */
  purchase?: Partial<TopUpTexts>;
  /** ... and for the latest entries that `<credits-balance>` opens. */
  balanceHistory?: Partial<BalanceHistoryTexts>;
  /** ... and for `<credits-auto-top-up>`. */
  autoTopUp?: Partial<AutoTopUpTexts>;
  /** ... and for `<credits-usage-chart>`. */
  usageChart?: Partial<UsageChartTexts>;
  /** ... and for `<credits-grants-table>`. */
  grantsTable?: Partial<GrantsTableTexts & GrantsFormTexts>;
  /** ... and for `<credits-ledger>`. */
  ledger?: Partial<LedgerTexts & LedgerFormTexts>;
  /** ... and for `<credits-utilization-portal>`. */
  portal?: Partial<PortalTexts>;
}
