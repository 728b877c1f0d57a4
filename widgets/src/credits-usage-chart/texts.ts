import { english } from "../locales/usage-chart/en.ts";
import { LazyTexts } from "../ui/lazy-texts.ts";
import type { Language } from "../ui/language.ts";
import type { UsageChartTexts } from "../ui/usage-chart-texts.ts";

const translations = new LazyTexts(english, {
  ar: () => import("../locales/usage-chart/ar.ts"),
  de: () => import("../locales/usage-chart/de.ts"),
  es: () => import("../locales/usage-chart/es.ts"),
  fr: () => import("../locales/usage-chart/fr.ts"),
  ja: () => import("../locales/usage-chart/ja.ts"),
});

/** The texts in the element's language, with the page's own words before ours; nothing while they are on their way. */
export function usageChartTexts(language: Language): UsageChartTexts | undefined {
  return language.of("usageChart", translations);
}
