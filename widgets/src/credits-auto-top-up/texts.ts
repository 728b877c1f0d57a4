import { english } from "../locales/auto-top-up/en.ts";
import { LazyTexts } from "../ui/lazy-texts.ts";
import type { AutoTopUpTexts } from "../ui/auto-top-up-texts.ts";
import type { Language } from "../ui/language.ts";

const translations = new LazyTexts(english, {
  ar: () => import("../locales/auto-top-up/ar.ts"),
  de: () => import("../locales/auto-top-up/de.ts"),
  es: () => import("../locales/auto-top-up/es.ts"),
  fr: () => import("../locales/auto-top-up/fr.ts"),
  ja: () => import("../locales/auto-top-up/ja.ts"),
});

/** The texts in the element's language, with the page's own words before ours; nothing while they are on their way. */
export function autoTopUpTexts(language: Language): AutoTopUpTexts | undefined {
  return language.of("autoTopUp", translations);
}
