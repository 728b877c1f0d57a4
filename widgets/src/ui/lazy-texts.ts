import type { Language } from "./language.ts";

type Importers<Texts> = Partial<Record<string, () => Promise<{ default: Texts }>>>;

/** The texts of one element, in files of their own for each language, which come when an element asks for them. */
export class LazyTexts<Texts extends object> {
  readonly #english: Texts;
  readonly #importers: Importers<Texts>;
  readonly #known = new Map<string, Texts>();

  constructor(english: Texts, importers: Importers<Texts>) {
    this.#english = english;
    this.#importers = importers;
  }

  /** The texts in the element's language; nothing while they are on their way, and then `arrived` is called. */
  of(language: Language, arrived: () => void): Texts | undefined {
    const common = language.texts;
    if (!common) return undefined;
    const [code = ""] = common.code.split("-");
    const importer = this.#importers[code];
    const texts = importer ? this.#known.get(code) : this.#english;
    if (texts) return texts;
    // Without the file the texts are English, which is better than none.
    importer?.()
      .then((module) => this.#known.set(code, module.default))
      .catch(() => this.#known.set(code, this.#english))
      .finally(arrived);
    return undefined;
  }
}
