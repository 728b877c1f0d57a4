type Importers<Texts> = Partial<Record<string, () => Promise<{ default: Texts }>>>;

/** Texts in files of their own for each language, which come when an element asks for them. */
export class LazyTexts<Texts extends object> {
  readonly #english: Texts;
  readonly #importers: Importers<Texts>;
  /** What came of the files; of one that is on its way nothing yet. */
  readonly #known = new Map<string, Texts | undefined>();

  constructor(english: Texts, importers: Importers<Texts>) {
    this.#english = english;
    this.#importers = importers;
  }

  /** The texts in a language, such as `de-CH`; nothing while they are on their way, and then `arrived` is called. */
  of(tag: string, arrived: () => void): Texts | undefined {
    const [code = ""] = tag.split("-");
    const importer = this.#importers[code];
    if (!importer) return this.#english;
    if (!this.#known.has(code)) {
      this.#known.set(code, undefined);
      importer()
        .then((module) => this.#known.set(code, module.default))
        // Without the file the texts are English, which is better than none.
        .catch(() => this.#known.set(code, this.#english))
        .finally(arrived);
    }
    return this.#known.get(code);
  }
}
