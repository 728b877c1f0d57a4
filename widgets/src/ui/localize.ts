import { LocalizeController, registerTranslation as register } from "@shoelace-style/localize";
import { english } from "../locales/en.ts";
import type { Translation } from "./translation.ts";

/** The texts of a language that elements do not bring themselves, or other words for one that they do. */
export function registerTranslation(translation: Translation): void {
  register(translation);
}

export class Localize extends LocalizeController<Translation> {}

// Always there, so that no text is ever missing.
register(english);

const importers: Record<string, () => Promise<{ default: Translation }>> = {
  ar: () => import("../locales/ar.ts"),
  de: () => import("../locales/de.ts"),
};
const started = new Map<string, Promise<void>>();

/** Brings the language's texts, if the kit has them; nothing when they are there already or there are none. */
export function loadLanguage(lang: string): Promise<void> | undefined {
  const language = lang.split("-")[0] ?? "";
  const importer = importers[language];
  if (!importer) return undefined;
  let loading = started.get(language);
  if (!loading) {
    // Without the file the texts are English, which is better than none.
    loading = importer().then(
      (module) => register(module.default),
      () => undefined,
    );
    started.set(language, loading);
  }
  return loading;
}
