import { LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import { VERSION } from "../versions.ts";
import { type Appearance, writeAppearance } from "./appearance.ts";
import { loadLanguage, Localize } from "./localize.ts";

/** What every element of the kit has: a language, a direction, a theme and a version. */
export class CreditsElement extends LitElement {
  static readonly version: string = VERSION;

  static override properties: PropertyDeclarations = {
    theme: { reflect: true },
    appearance: { attribute: false },
  };

  /** The colour scheme; without one the element follows the page's `color-scheme`, with `auto` the person's system. */
  declare theme: "light" | "dark" | "auto" | undefined;
  /** The look as data, for hosts that theme by script. CSS for the same tokens on the element wins. */
  declare appearance: Appearance | undefined;

  protected readonly localize = new Localize(this);
  #appearanceSheet: CSSStyleSheet | undefined;

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "lang", "dir"];
  }

  /** `lang` and `dir` are the platform's own properties: we only follow them. */
  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    super.attributeChangedCallback(name, before, value);
    if (name === "lang" || name === "dir") this.requestUpdate();
  }

  /** Texts in the wrong language are not shown while the right one is on its way. */
  protected get languageIsReady(): boolean {
    const lang = this.localize.lang();
    return this.localize.exists("loading", { lang }) || this.#languagesGivenUp.has(lang);
  }

  readonly #languagesGivenUp = new Set<string>();

  /** The direction of our own texts: the host's word, else that of the language the element was given. */
  protected get textDirection(): "ltr" | "rtl" | undefined {
    if (this.dir === "rtl" || this.dir === "ltr") return this.dir;
    return this.lang ? this.localize.term("$dir") === "rtl" ? "rtl" : "ltr" : undefined;
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const lang = this.localize.lang();
    if (this.languageIsReady) return;
    const loading = loadLanguage(lang);
    if (!loading) this.#languagesGivenUp.add(lang);
    void loading?.then(() => {
      this.#languagesGivenUp.add(lang);
      this.requestUpdate();
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("appearance")) this.#wear(this.appearance ?? {});
  }

  #wear(appearance: Appearance): void {
    const { shadowRoot } = this;
    if (!shadowRoot) return;
    if (!this.#appearanceSheet) {
      this.#appearanceSheet = new CSSStyleSheet();
      shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, this.#appearanceSheet];
    }
    writeAppearance(this.#appearanceSheet, appearance);
  }
}
