import { CreditsAutoTopUp } from "../credits-auto-top-up/credits-auto-top-up.ts";
import { CreditsBalance } from "../credits-balance/credits-balance.ts";
import "../credits-balance/define.ts";
import { CreditsTopUp } from "../credits-top-up/credits-top-up.ts";
// What a balance loads is there already: the network of the test runner takes its time.
import "../credits-auto-top-up/entry.ts";
import "../credits-auto-top-up/open-auto-top-up.ts";
import "../credits-balance/late.ts";
import "../credits-balance/open-history.ts";
import "../credits-balance/utilization.ts";
import "../credits-top-up/open-top-up.ts";
import "../session/event-stream.ts";
import { FakeClock, settle } from "./fake-clock.ts";
import { FakeServer } from "./fake-server.ts";

/** A page with a clock and a server of its own, which leaves nothing behind. */
export class Stage {
  readonly clock = new FakeClock().install();
  readonly server = new FakeServer().install();
  readonly #place = document.createElement("div");
  readonly #storage = useOwnStorage();

  constructor() {
    document.body.append(this.#place);
    // Test pages run side by side, and only one of them is in front.
    setVisible(true);
  }

  /** Puts markup on the page and waits until what it asks for has come. */
  async put(markup: string): Promise<HTMLElement> {
    this.#place.innerHTML = markup;
    await this.rest();
    return this.#place;
  }

  async putBalance(
    attributes = 'session-url="/session"',
    change: Partial<CreditsBalance> = {},
  ): Promise<CreditsBalance> {
    // An element that is still there would hand its hub on, and what that knows.
    await this.put("");
    this.#place.innerHTML = `<credits-balance ${attributes}></credits-balance>`;
    const element = this.balance();
    Object.assign(element, change);
    await this.rest();
    return element;
  }

  balance(selector = "credits-balance"): CreditsBalance {
    const element = this.#place.querySelector(selector);
    if (!(element instanceof CreditsBalance)) throw new Error(`no ${selector}`);
    return element;
  }

  async putTopUp(
    attributes = 'session-url="/session"',
    change: Partial<CreditsTopUp> = {},
  ): Promise<CreditsTopUp> {
    await this.put("");
    this.#place.innerHTML = `<credits-top-up ${attributes}></credits-top-up>`;
    const element = this.#place.firstElementChild;
    if (!(element instanceof CreditsTopUp)) throw new Error("no credits-top-up");
    Object.assign(element, change);
    await this.clock.pass(100);
    return element;
  }

  async putAutoTopUp(
    attributes = 'session-url="/session" credit-type="tokens"',
    change: Partial<CreditsAutoTopUp> = {},
  ): Promise<CreditsAutoTopUp> {
    await this.put("");
    this.#place.innerHTML = `<credits-auto-top-up ${attributes}></credits-auto-top-up>`;
    const element = this.#place.firstElementChild;
    if (!(element instanceof CreditsAutoTopUp)) throw new Error("no credits-auto-top-up");
    Object.assign(element, change);
    await this.clock.pass(100);
    return element;
  }

  /** Until nothing is on its way any more, without time passing. */
  async rest(): Promise<void> {
    await this.clock.pass(0);
  }

  async strike(): Promise<void> {
    this.#place.remove();
    await settle();
    this.server.uninstall();
    this.clock.uninstall();
    this.#storage.restore();
  }
}

/** Test pages run side by side on one origin: what one keeps for its tabs is not the others'. */
function useOwnStorage(): { restore: () => void } {
  const kept = new Map<string, string>();
  const storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
  Object.defineProperty(window, "localStorage", { configurable: true, value: storage });
  return { restore: () => Reflect.deleteProperty(window, "localStorage") };
}

/** The text of a part, as a reader of the page sees it. */
export function textOf(element: Element, part: string): string | undefined {
  return partOf(element, part)?.textContent?.replace(/\s+/g, " ").trim();
}

export function partOf(element: Element, part: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(`[part~="${part}"]`) ?? null;
}

export function hasPart(element: Element, part: string): boolean {
  return partOf(element, part) !== null;
}

export function setVisible(visible: boolean): void {
  Object.defineProperty(document, "visibilityState", {
    configurable: true,
    get: () => (visible ? "visible" : "hidden"),
  });
  document.dispatchEvent(new Event("visibilitychange"));
}
