import { scenes } from "../../widgets/src/testing/scenes/index.ts";
import { dress } from "../toolbars.ts";
import { controlOf } from "./controls.ts";
import { PRESETS } from "./presets.ts";
import { SHOWN } from "./shown.ts";
import { type Chosen, choices, cssOf } from "./tokens.ts";
import "./theming-playground.css";

/** Fields for the tokens, elements that follow at once, and the style sheet that gives a host's page the same look. */
export class ThemingPlayground extends HTMLElement {
  readonly #sheet = new CSSStyleSheet();
  readonly #stage = document.createElement("div");
  readonly #code = document.createElement("textarea");
  readonly #controls = new Map(
    choices.map((choice) => [choice.token, controlOf(choice, (value) => this.#choose(choice.token, value))]),
  );
  readonly #chosen = new Map<string, string | readonly [string, string]>();
  #isOpen = false;

  /** What a host's page would have: nothing else is applied here either. */
  get css(): string {
    return cssOf(this.#chosen);
  }

  connectedCallback(): void {
    document.adoptedStyleSheets.push(this.#sheet);
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.append(this.#panel(), this.#stage);
    this.#stage.className = "place";
    this.#begin(new Map());
    void Promise.all(SHOWN.map(([element, name]) => this.#show(element, name))).then(() => {
      this.dataset["state"] = "shown";
    });
  }

  disconnectedCallback(): void {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }

  /** Takes over what the toolbar says. */
  dress(globals: Readonly<Record<string, unknown>>): void {
    dress(this.#stage, globals);
  }

  async #show(element: string, name: string): Promise<void> {
    const host = document.createElement("div");
    host.className = "host";
    this.#stage.append(host);
    await scenes.find((scene) => scene.element === element && scene.name === name)?.put(host);
  }

  #begin(preset: Chosen): void {
    this.#chosen.clear();
    for (const [token, value] of preset) this.#chosen.set(token, value);
    for (const [token, { show }] of this.#controls) show(this.#chosen.get(token));
    this.#apply();
  }

  #choose(token: string, value: string | readonly [string, string]): void {
    this.#chosen.set(token, value);
    this.#apply();
  }

  #apply(): void {
    this.#sheet.replaceSync(this.css);
    this.#code.value = this.css || "/* Choose something. */\n";
    this.#code.rows = this.#code.value.split("\n").length;
  }

  #panel(): HTMLElement {
    const panel = document.createElement("form");
    panel.className = "panel";
    panel.setAttribute("aria-label", "Tokens");
    const presets = document.createElement("p");
    presets.className = "presets";
    presets.append(
      ...Object.entries(PRESETS).map(([name, preset]) => button(name, () => this.#begin(preset))),
    );
    this.#code.readOnly = true;
    this.#code.name = "css";
    this.#code.setAttribute("aria-label", "Style sheet");
    const copy = button("Copy CSS", () => {
      void navigator.clipboard.writeText(this.css).then(() => (copy.textContent = "Copied"));
      setTimeout(() => (copy.textContent = "Copy CSS"), 1_500);
    });
    copy.className = "copy";
    panel.append(presets, ...[...this.#controls.values()].map(({ row }) => row), this.#code, copy);
    return panel;
  }
}

function button(text: string, press: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.append(text);
  made.addEventListener("click", press);
  return made;
}

customElements.define("theming-playground", ThemingPlayground);
