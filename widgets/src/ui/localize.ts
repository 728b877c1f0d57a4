import {
  LocalizeController,
  registerTranslation as register,
  type Translation as BaseTranslation,
} from "@shoelace-style/localize";
import { english } from "../locales/en.ts";

/** The plural form of an amount in the language at hand. */
export type Plural = Intl.LDMLPluralRule;

/** Every text of the kit in one language. Amounts, units and dates come in already written in that language. */
export interface Translation extends BaseTranslation {
  loading: string;
  available(unit: string): string;
  held(amount: string): string;
  pending(amount: string): string;
  scheduled(amount: string): string;
  used(share: string): string;
  expires(amount: string, when: string, plural: Plural): string;
  low: string;
  lowFor(duration: string): string;
  depleted(unit: string): string;
  over(amount: string, unit: string): string;
  replenished(amount: string, unit: string): string;
  since(date: string): string;
  history(changes: string, from: string, to: string, plural: Plural): string;
  empty: string;
  emptyHint: string;
  forbidden: string;
  forbiddenHint: string;
  failed: string;
  failedHint: string;
  offlineHint: string;
  sessionHint: string;
  busyHint: string;
  reference(requestId: string): string;
  retry: string;
  retrying: string;
  updated(when: string): string;
  topUp: string;
}

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
