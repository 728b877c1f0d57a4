import { english } from "../locales/grants-table/en.ts";
import { LazyTexts } from "../paying/lazy-texts.ts";
import type { GrantsTableTexts } from "../ui/grants-table-texts.ts";
import type { Language } from "../ui/language.ts";

const translations = new LazyTexts(english, {
  ar: () => import("../locales/grants-table/ar.ts"),
  de: () => import("../locales/grants-table/de.ts"),
});

/** The texts in the element's language, with the page's own words before ours; nothing while they are on their way. */
export function grantsTableTexts(language: Language, arrived: () => void): GrantsTableTexts | undefined {
  const texts = translations.of(language, arrived);
  return texts && { ...texts, ...language.texts?.grantsTable };
}
