import { english } from "../locales/top-up/en.ts";
import { LazyTexts } from "../ui/lazy-texts.ts";
import type { Language } from "../ui/language.ts";
import type { TopUpTexts } from "../ui/top-up-texts.ts";

const translations = new LazyTexts(english, {
  ar: () => import("../locales/top-up/ar.ts"),
  de: () => import("../locales/top-up/de.ts"),
  es: () => import("../locales/top-up/es.ts"),
  fr: () => import("../locales/top-up/fr.ts"),
  ja: () => import("../locales/top-up/ja.ts"),
});

/** The texts in the element's language, with the page's own words before ours; nothing while they are on their way. */
export function topUpTexts(language: Language): TopUpTexts | undefined {
  return language.of("purchase", translations);
}
