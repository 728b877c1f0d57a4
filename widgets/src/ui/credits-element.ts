import { LitElement, type PropertyDeclarations, type PropertyValues } from "lit";
import { VERSION } from "../versions.ts";
import { type Appearance, writeAppearance } from "./appearance.ts";
import { Language } from "./language.ts";
import type { Localization } from "./translation.ts";

/** What every element of the kit has: a language, a direction, a theme and a version. */
export class CreditsElement extends LitElement {
  static readonly version: string = VERSION;

  static override properties: PropertyDeclarations = {
    theme: { reflect: true },
    appearance: { attribute: false },
    localization: { attribute: false },
  };

  /** The colour scheme; without one the element follows the page's `color-scheme`, with `auto` the person's system. */
  declare theme: "light" | "dark" | "auto" | undefined;
  /** The look as data, for hosts that theme by script. CSS for the same tokens on the element wins. */
  declare appearance: Appearance | undefined;
  /** Words of the page's own for this element and those in it: for every language, or for the one that `code` names. */
  declare localization: Localization | readonly Localization[] | undefined;

  protected readonly language = new Language(this);
  #sheet: CSSStyleSheet | undefined;

  protected override updated(changed: PropertyValues<this>): void {
    const { renderRoot, appearance = {} } = this;
    if (!changed.has("appearance") || !(renderRoot instanceof ShadowRoot)) return;
    if (!this.#sheet) renderRoot.adoptedStyleSheets.push((this.#sheet = new CSSStyleSheet()));
    writeAppearance(this.#sheet, appearance);
  }
}
