import { english } from "../locales/balance-history/en.ts";
import { LazyTexts } from "../ui/lazy-texts.ts";
import type { BalanceHistoryTexts } from "../ui/balance-history-texts.ts";
import type { Language } from "../ui/language.ts";

const translations = new LazyTexts(english, {
  ar: () => import("../locales/balance-history/ar.ts"),
  de: () => import("../locales/balance-history/de.ts"),
  es: () => import("../locales/balance-history/es.ts"),
  fr: () => import("../locales/balance-history/fr.ts"),
  ja: () => import("../locales/balance-history/ja.ts"),
});

/** The texts in the element's language, with the page's own words before ours; nothing while they are on their way. */
export function historyTexts(language: Language): BalanceHistoryTexts | undefined {
  return language.of("balanceHistory", translations);
}
