import type { AutoTopUpTexts } from "./auto-top-up-texts.ts";
import type { BalanceHistoryTexts } from "./balance-history-texts.ts";
import type { GrantsFormTexts, GrantsTableTexts } from "./grants-table-texts.ts";
import type { LedgerFormTexts, LedgerTexts } from "./ledger-texts.ts";
import type { PortalTexts } from "./portal-texts.ts";
import type { TopUpTexts } from "./top-up-texts.ts";
import type { UsageChartTexts } from "./usage-chart-texts.ts";

/** The plural form of an amount in the language at hand. */
export type Plural = Intl.LDMLPluralRule;

/** What is said of a balance: English comes with the elements that say it, not with all. */
export interface BalanceTexts {
  available(unit: string): string;
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
  error: string;
}

/** Some of these texts, at any depth: of a list of names one alone, too. */
export type Some<Texts> = {
  [Name in keyof Texts]?: Texts[Name] extends string | ((...given: never[]) => string) | undefined
    ? Texts[Name]
    : Some<Texts[Name]>;
};

/** What a language of the kit brings. */
export type FullTranslation = Translation & BalanceTexts;

/** Every text of the kit in one language. Amounts, units and dates come in already written in that language. */
export interface Translation extends Partial<BalanceTexts> {
  /** The language, as in `lang`: `de`, or `de-CH` for a region's own words. */
  code: string;
  dir: "ltr" | "rtl";

  loading: string;
  held(amount: string): string;
  forbiddenHint: string;
  errorHint: string;
  offlineHint: string;
  sessionHint: string;
  reference(requestId: string): string;
  retry: string;
  retrying: string;
  updated(when: string): string;
  topUp: string;
  /** The page's own words for `<credits-top-up>`; what is left out is said as the kit says it. */
  purchase?: Some<TopUpTexts>;
  /** ... and for the latest entries that `<credits-balance>` opens. */
  balanceHistory?: Some<BalanceHistoryTexts>;
  /** ... and for `<credits-auto-top-up>`. */
  autoTopUp?: Some<AutoTopUpTexts>;
  /** ... and for `<credits-usage-chart>`. */
  usageChart?: Some<UsageChartTexts>;
  /** ... and for `<credits-grants-table>`. */
  grantsTable?: Some<GrantsTableTexts & GrantsFormTexts>;
  /** ... and for `<credits-ledger>`. */
  ledger?: Some<LedgerTexts & LedgerFormTexts>;
  /** ... and for `<credits-utilization-portal>`. */
  portal?: Some<PortalTexts>;
}

/** The names of what single elements say. */
export type ElementTexts =
  ("purchase" | "balanceHistory" | "autoTopUp" | "usageChart") | ("grantsTable" | "ledger" | "portal");

/** Words of a page's own: for one language where `code` names it (`fr`, or `fr-CA`), else for all. */
export type Localization = Partial<Translation>;
