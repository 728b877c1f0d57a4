import type { CreditsAutoTopUp } from "../credits-auto-top-up/credits-auto-top-up.ts";
import { exits } from "../paying/leave-page.ts";
import { FakeAutoTopUps } from "./auto-top-ups.ts";
import { partOf, Stage } from "./stage.ts";

/** A page with the settings of an auto top-up, as a person uses them; the ways to other pages lead nowhere. */
export class AutoTopUpScene {
  readonly stage = new Stage();
  readonly api = new FakeAutoTopUps(this.stage.server);
  /** The address of the test page. */
  readonly here = location.href;
  readonly tab = { opened: 0, closed: false, location: { href: "" }, close: () => (this.tab.closed = true) };
  /** Where this tab would have gone. */
  readonly gone: string[] = [];
  readonly #exits = { ...exits };

  constructor() {
    sessionStorage.clear();
    Object.assign(exits, {
      go: (url: string) => this.gone.push(url),
      openTab: () => {
        this.tab.opened += 1;
        return this.tab;
      },
    });
  }

  async strike(): Promise<void> {
    Object.assign(exits, this.#exits);
    history.replaceState(null, "", this.here);
    await this.stage.strike();
  }

  /** The form of a first rule. */
  async open(): Promise<CreditsAutoTopUp> {
    const element = await this.stage.putAutoTopUp();
    await this.press(element, "set-up-button");
    return element;
  }

  async press(element: Element, part: string): Promise<void> {
    partOf(element, part)?.focus();
    partOf(element, part)?.click();
    await this.stage.clock.pass(50);
  }

  input(element: Element, id: string): HTMLInputElement {
    const found = element.shadowRoot?.querySelector(`#${id}`);
    if (!(found instanceof HTMLInputElement)) throw new Error(`no #${id}`);
    return found;
  }

  async type(element: Element, id: string, text: string): Promise<void> {
    this.input(element, id).value = text;
    this.input(element, id).dispatchEvent(new Event("input"));
    await this.stage.clock.pass(350);
  }

  async agree(element: Element): Promise<void> {
    this.input(element, "consent").click();
    await this.stage.rest();
  }
}

export function idAtFocus(element: Element): string | undefined {
  return element.shadowRoot?.activeElement?.id;
}

export function partAtFocus(element: Element): string | null | undefined {
  return element.shadowRoot?.activeElement?.getAttribute("part");
}
