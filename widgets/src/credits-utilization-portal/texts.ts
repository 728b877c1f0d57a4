import { english } from "../locales/portal/en.ts";
import { LazyTexts } from "../ui/lazy-texts.ts";
import type { Language } from "../ui/language.ts";
import type { PortalTexts } from "../ui/portal-texts.ts";

const translations = new LazyTexts(english, {
  ar: () => import("../locales/portal/ar.ts"),
  de: () => import("../locales/portal/de.ts"),
  es: () => import("../locales/portal/es.ts"),
  fr: () => import("../locales/portal/fr.ts"),
  ja: () => import("../locales/portal/ja.ts"),
});

/** The texts in the element's language, with the page's own words before ours; nothing while they are on their way. */
export function portalTexts(language: Language): PortalTexts | undefined {
  return language.of("portal", translations);
}
