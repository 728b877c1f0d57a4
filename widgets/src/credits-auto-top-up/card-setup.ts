import { ApiError, type WidgetCardSetup, type WidgetClient } from "@credits-kit/client/widget";
import { exits, webAddress } from "../paying/leave-page.ts";
import { newKey } from "../paying/once-key.ts";
import { showCheckout } from "../paying/stripe-form.ts";
import { Watch } from "../paying/watch.ts";
import { cardReturn } from "./card-return.ts";
import type { Notice } from "./credits-auto-top-up.types.ts";
import type { SettingsHost } from "./settings-host.ts";

export interface CardSetupOptions {
  /** Opens a page, or tells how it stands: the same key is the same page. */
  open(page: CardPage): Promise<WidgetCardSetup>;
  publishableKey(): string | null;
  /** The card is there: the settings go on from where they were. */
  added(): void;
  /** It is not: the same. */
  back(notice: Notice): void;
  failed(error: unknown): void;
  /** This tab is about to go to Stripe's page. */
  leaving(): void;
}

export type CardPage = Parameters<WidgetClient["setUpCard"]>[1];

interface Way {
  isEmbedded: boolean;
  comesBack: boolean;
  tab: Window | null | undefined;
}

/** Adding a card on Stripe's own page, from the press of the button until the server has it. */
export class CardSetup {
  readonly #host: SettingsHost;
  readonly #options: CardSetupOptions;
  readonly #watch: Watch<WidgetCardSetup>;
  /** Ends Stripe's form where one is open. */
  #form: AbortController | undefined;
  #page: CardPage | undefined;
  /** Counts what was stopped: a page that comes after that is nobody's business. */
  #stops = 0;

  constructor(host: SettingsHost, options: CardSetupOptions) {
    this.#host = host;
    this.#options = options;
    this.#watch = new Watch({
      read: () => options.open(this.#pageAsked()),
      heard: (setup) => this.#hear(setup),
      tired: () => {
        if ("late" in host.state) host.state = { ...host.state, late: true };
      },
    });
  }

  /** Opens the page, where the element says. The person has agreed to be charged when nobody is there. */
  async begin(): Promise<void> {
    const way = this.#host.return ?? "dialog";
    const isEmbedded = way === "dialog" && this.#options.publishableKey() !== null;
    const tab = isEmbedded || way === "redirect" ? undefined : exits.openTab();
    try {
      await this.#go({ isEmbedded, comesBack: way === "redirect", tab });
    } finally {
      // A tab that was led nowhere is an empty page.
      if (this.#host.state.type !== "tab") tab?.close();
    }
  }

  /** There is news: of the pool, or from the person. */
  check(): void {
    this.#watch.check();
  }

  checkAgain(): void {
    const { state } = this.#host;
    if ("late" in state) this.#host.state = { ...state, late: false };
    this.#watch.restart();
  }

  /** The person has gone to the other tab by the link. */
  opened(): void {
    const { state } = this.#host;
    if (state.type === "blocked") this.#host.state = { ...state, type: "tab" };
  }

  cancel(): void {
    this.stop();
    this.#options.back("cardCancelled");
  }

  stop(): void {
    this.#stops += 1;
    this.#form?.abort();
    this.#watch.stop();
  }

  async #go({ isEmbedded, comesBack, tab }: Way): Promise<void> {
    const stops = this.#stops;
    try {
      const setup = await this.#make(isEmbedded, comesBack);
      if (this.#stops === stops) this.#proceed(setup, tab);
    } catch (error) {
      if (this.#stops === stops) this.#options.failed(error);
    }
  }

  async #make(isEmbedded: boolean, comesBack: boolean): Promise<WidgetCardSetup> {
    // A page in another tab says itself that it can be closed: this one is still here.
    const returnUrl = isEmbedded || comesBack ? cardReturn.address() : undefined;
    const page: CardPage = {
      consent: true,
      setupKey: newKey(),
      uiMode: isEmbedded ? "embedded" : "hosted",
      ...(returnUrl && { returnUrl }),
    };
    this.#page = page;
    return this.#options.open(page);
  }

  #pageAsked(): CardPage {
    if (!this.#page) throw new ApiError({ code: "not_found" });
    return this.#page;
  }

  #proceed(setup: WidgetCardSetup, tab: Window | null | undefined): void {
    if (setup.status !== "open") return this.#hear(setup);
    if (setup.clientSecret) return void this.#embed(setup, setup.clientSecret);
    if (!setup.url) throw new ApiError({ code: "unexpected_answer" });
    this.#watch.follow(setup.id);
    if (this.#host.return === "redirect") return this.#leave(setup.url);
    if (tab) tab.location.href = webAddress(setup.url);
    this.#host.state = { type: tab ? "tab" : "blocked", setup, late: false };
  }

  #leave(url: string): void {
    // By the Back button the browser may show this very page again, as it was.
    window.addEventListener("pageshow", () => this.cancel(), { once: true });
    this.#options.leaving();
    exits.go(url);
  }

  async #embed(setup: WidgetCardSetup, clientSecret: string): Promise<void> {
    const { signal } = (this.#form = new AbortController());
    const publishableKey = setup.publishableKey ?? this.#options.publishableKey() ?? "";
    this.#host.state = { type: "checkout", setup, ready: false };
    this.#watch.follow(setup.id);
    await this.#host.updateComplete;
    try {
      await showCheckout(this.#host, {
        publishableKey,
        clientSecret,
        signal,
        onComplete: () => {
          this.#form?.abort();
          this.#host.state = { type: "checking", setup, late: false };
          this.#watch.check();
        },
      });
      if (!signal.aborted) this.#host.state = { type: "checkout", setup, ready: true };
    } catch {
      if (!signal.aborted) await this.#goHosted();
    }
  }

  /** Stripe's form cannot be shown on this page: its own page can. */
  async #goHosted(): Promise<void> {
    this.stop();
    await this.#go({ isEmbedded: false, comesBack: false, tab: undefined });
  }

  #hear(setup: WidgetCardSetup): void {
    if (setup.status === "open") return;
    this.stop();
    if (setup.status === "complete") this.#options.added();
    else this.#options.back("cardExpired");
  }
}
