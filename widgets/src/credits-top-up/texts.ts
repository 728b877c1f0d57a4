import { english } from "../locales/top-up/en.ts";
import type { Language } from "../ui/language.ts";
import type { TopUpTexts } from "../ui/top-up-texts.ts";

/** Files of other languages come when an element asks for them. */
const importers: Partial<Record<string, () => Promise<{ default: TopUpTexts }>>> = {
  ar: () => import("../locales/top-up/ar.ts"),
  de: () => import("../locales/top-up/de.ts"),
};
const known = new Map<string, TopUpTexts>();

/** The texts in the element's language, with the page's own words before ours; nothing while they are on their way. */
export function topUpTexts(language: Language, arrived: () => void): TopUpTexts | undefined {
  const common = language.texts;
  if (!common) return undefined;
  const [code = ""] = common.code.split("-");
  const importer = importers[code];
  const texts = importer ? known.get(code) : english;
  if (texts) return { ...texts, ...common.purchase };
  // Without the file the texts are English, which is better than none.
  importer?.()
    .then((module) => known.set(code, module.default))
    .catch(() => known.set(code, english))
    .finally(arrived);
  return undefined;
}
