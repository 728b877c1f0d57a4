import { createWidgetClient, type WidgetCardSetup } from "@credits-kit/client/widget";
import { html, nothing, type PropertyDeclarations } from "lit";
import { CardSetup } from "../credits-auto-top-up/card-setup.ts";
import type { CreditsAutoTopUpState } from "../credits-auto-top-up/credits-auto-top-up.types.ts";
import type { SettingsHost } from "../credits-auto-top-up/settings-host.ts";
import { autoTopUpTexts } from "../credits-auto-top-up/texts.ts";
import { DialogElement } from "../paying/dialog-element.ts";
import { form } from "../paying/form.styles.ts";
import { panel } from "../paying/panel.styles.ts";
import { renderCheckoutFrame } from "../paying/render-checkout.ts";
import { renderLink } from "../paying/render-link.ts";
import { renderClose } from "../paying/render-message.ts";
import { sessionError } from "../session/failure.ts";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { button } from "../ui/button.styles.ts";
import { CreditsEvent } from "../ui/credits-event.ts";
import { styleSheet } from "../ui/css.ts";
import { dialog } from "../ui/dialog.styles.ts";
import { clockIcon, lockIcon, warningIcon } from "../ui/icons.ts";
import { positive } from "../ui/positive.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";

/** The dialog is closed, whatever became of the card. */
class AddingCardCloseEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-adding-card-close", undefined);
  }
}

/**
 * Stripe's page on which a card is added: in the dialog where that works, else in another tab, which is followed.
 * @internal It is what the portal opens for "Add a card".
 */
export class AddingCard extends DialogElement implements SettingsHost {
  static override properties: PropertyDeclarations = { state: { attribute: false } };

  static override get styles(): CSSStyleSheet {
    return styleSheet(tokens, positive, button, skeleton, dialog, panel, form);
  }

  readonly creditType: string | undefined;
  readonly resource: string | undefined;
  readonly return = "dialog";
  declare state: CreditsAutoTopUpState;
  /** Whether the card is there. */
  isAdded = false;

  protected override readonly firstStops = ["[part~=action-button]", "[part~=close-button]"];
  protected override readonly nextStops = this.firstStops;
  readonly #hub = new HubController(this);
  #publishableKey: string | null = null;
  /** Who is to have the card. */
  #customer: string | undefined;
  readonly #setup = new CardSetup(this, {
    open: async ({ consent: _consent, ...page }) => this.#ask(page),
    // Whether there is one is known with the page: without one the form fails, and a link takes its place.
    publishableKey: () => this.#publishableKey ?? "",
    added: () => {
      this.isAdded = true;
      this.close();
    },
    back: () => this.close(),
    failed: () => {
      this.state = { type: "error", code: "failed", retryable: true, retrying: false };
    },
    leaving: () => undefined,
  });

  constructor() {
    super();
    this.state = { type: "loading" };
  }

  hubChanged(state: HubState): void {
    const customer = state.type === "ready" ? state.pools.customerId : undefined;
    const isOther = customer !== undefined && customer !== this.#customer;
    // The card would be another customer's, or kept for one.
    if (this.#customer !== undefined && (state.type === "loading" || isOther)) return this.close();
    this.#customer = customer ?? this.#customer;
  }

  override show(): void {
    super.show();
    void this.updateComplete.then(() => this.#begin());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#setup.stop();
  }

  protected override render() {
    const texts = autoTopUpTexts(this.language);
    const common = this.language.texts;
    const { state } = this;
    if (!texts || !common) return nothing;
    const frame = { title: texts.cardTitle, caption: texts.cardHint, loading: texts.formLoading };
    const checkout = renderCheckoutFrame({
      ...{ ...frame, ready: state.type === "checkout" && state.ready },
      ...{ closeLabel: texts.close, close: () => this.#setup.cancel() },
    });
    const isForm = state.type === "checkout" || state.type === "loading";
    return this.renderFrames({
      common,
      panel: isForm ? html`` : this.#renderOutside(common, texts),
      checkout: isForm ? checkout : undefined,
      loading: this.isLoading(),
    });
  }

  protected override isPaying(): boolean {
    return this.state.type === "checkout";
  }

  protected override isLoading(): boolean {
    return this.state.type === "loading";
  }

  protected override cancelPaying(): void {
    this.#setup.stop();
  }

  protected override closed(): void {
    this.#setup.stop();
    this.dispatchEvent(new AddingCardCloseEvent());
  }

  protected override spoken(): string | undefined {
    const texts = autoTopUpTexts(this.language);
    const { type } = this.state;
    return texts && (type === "tab" || type === "blocked" || type === "checking" ? texts[type] : "");
  }

  async #begin(): Promise<void> {
    this.state = { type: "loading" };
    await this.#setup.begin();
  }

  async #ask(page: { setupKey: string; uiMode?: "hosted" | "embedded"; returnUrl?: string }) {
    const { hub } = this.#hub;
    if (!hub) throw sessionError("session_missing");
    const customerId = hub.tokens.held?.customerId;
    const isSame = () => this.#hub.hub?.tokens.held?.customerId === customerId;
    const setup = await hub.api.call((options) => {
      // An expired session was renewed for this call, perhaps as another customer's.
      if (!isSame()) throw sessionError("customer_mismatch");
      return createWidgetClient(options).setUpPaymentMethod(page);
    });
    // Nobody follows a page that was closed meanwhile.
    if (!isSame()) throw sessionError("customer_mismatch");
    this.#publishableKey = setup.publishableKey;
    return setup satisfies WidgetCardSetup;
  }

  /** The way to Stripe's page in another tab, or that the page could not be had. */
  #renderOutside(
    common: NonNullable<typeof this.language.texts>,
    texts: NonNullable<ReturnType<typeof autoTopUpTexts>>,
  ) {
    const { state } = this;
    const head = html`
      <header class="head">
        <div class="names"><h2 id="title">${texts.cardTitle}</h2></div>
        ${renderClose(texts.close, () => this.close())}
      </header>
    `;
    if (!("setup" in state) || state.type === "checkout")
      return html`
        ${head}
        <div class="outcome">
          <span class="badge">${warningIcon}</span>
          <p class="headline">${texts.notSaved}</p>
          <p class="note">${common.errorHint}</p>
          <div class="actions">
            <button part="action-button" @click=${() => void this.#begin()}>${common.retry}</button>
          </div>
        </div>
      `;
    const { type, setup, late } = state;
    const isBlocked = type === "blocked";
    return html`
      ${head}
      <div class="outcome ${isBlocked ? "" : "waiting"}">
        <span class="badge">${isBlocked ? lockIcon : clockIcon}</span>
        <p class="headline">${texts[type]}</p>
        <p class="note">${texts.tabHint}</p>
        <div class="actions">
          ${late ? html`<button @click=${() => this.#setup.checkAgain()}>${texts.checkAgain}</button>` : nothing}
          ${renderLink(setup.url, {
            text: isBlocked ? texts.openPage : texts.openAgain,
            primary: isBlocked,
            opened: () => this.#setup.opened(),
          })}
        </div>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-adding-card": AddingCard;
  }
}
