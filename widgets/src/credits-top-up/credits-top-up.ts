import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { DialogElement } from "../paying/dialog-element.ts";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { Formats } from "../ui/formats.ts";
import { CreditsTopUpCloseEvent } from "./credits-top-up.events.ts";
import { styles } from "./credits-top-up.styles.ts";
import type { CreditsTopUpState } from "./credits-top-up.types.ts";
import { Purchase } from "./purchase.ts";
import { renderCheckout } from "./render-checkout.ts";
import { renderPanel, spokenText } from "./render-panel.ts";
import { topUpTexts } from "./texts.ts";
import type { TopUpActions, TopUpView } from "./top-up-view.ts";

const NEXT = ["action-button", "pay-button", "retry-button"].map((part) => `[part~="${part}"]`);
const FIRST = [":checked", "#amount", ...NEXT];

/**
 * @tag credits-top-up
 * @summary Sells credits: amounts, the price, and the payment without leaving the page.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. A saved card is charged at the press of
 * one button; otherwise Stripe's form opens in a dialog, or Stripe's page where that is not possible.
 *
 * @status stable
 * @since 0.1.0
 *
 * @slot no-permission - Shown instead of everything else where the session may not buy.
 * @slot checkout - Taken by Stripe's form, which the element puts there itself.
 *
 * @event {CreditsTopUpRequestEvent} credits-top-up-request - "Pay" was pressed; cancelable.
 * @event {CreditsTopUpStartedEvent} credits-top-up-started - An order exists, and its payment has begun.
 * @event {CreditsTopUpSucceededEvent} credits-top-up-succeeded - The order is paid, its credits are in the pool.
 * @event {CreditsTopUpFailedEvent} credits-top-up-failed - The order was not paid; `detail.code` tells why.
 * @event {CreditsTopUpCloseEvent} credits-top-up-close - The dialog of a `modal` element was closed.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - The card, and the inside of the dialog.
 * @csspart dialog - The dialog.
 * @csspart header - Symbol, title and balance.
 * @csspart symbol - The credit type's symbol.
 * @csspart title - What is bought.
 * @csspart balance - What the customer has.
 * @csspart close-button - Closes the dialog.
 * @csspart form - The amounts, the price and the button.
 * @csspart notice - What became of the last attempt.
 * @csspart amounts - The choice of amounts.
 * @csspart amount - One of them.
 * @csspart label - A package's label.
 * @csspart amount-field - The field for an amount of one's own.
 * @csspart amount-hint - What it may be, or what is wrong with it.
 * @csspart summary - The price and the button.
 * @csspart total - The total.
 * @csspart pay-button - The button that commits to it.
 * @csspart card-button - Changes between the saved card and another.
 * @csspart save-card - The consent to keep the card.
 * @csspart outcome - What is happening to the payment.
 * @csspart action-button - The next step there.
 * @csspart message - That there is nothing to buy, or an error.
 * @csspart retry-button - Tries again.
 * @csspart skeleton - While loading.
 * @csspart checkout - Around Stripe's form.
 *
 * @cssproperty --credits-surface - Background.
 * @cssproperty --credits-surface-sunken - Background of calm notices.
 * @cssproperty --credits-border - Hairlines.
 * @cssproperty --credits-text - Text.
 * @cssproperty --credits-text-muted - Captions and the field's border.
 * @cssproperty --credits-accent - The choice, the button and the focus ring.
 * @cssproperty --credits-accent-soft - Behind the choice and the symbol.
 * @cssproperty --credits-on-accent - Text on the accent.
 * @cssproperty --credits-positive - Paid.
 * @cssproperty --credits-positive-soft - Behind it.
 * @cssproperty --credits-warning - Needs a confirmation.
 * @cssproperty --credits-warning-soft - Behind it.
 * @cssproperty --credits-danger - Declined, and what is wrong with an amount.
 * @cssproperty --credits-danger-soft - Behind it.
 * @cssproperty --credits-font-family - The page's font if not set.
 * @cssproperty --credits-padding - Inside the card.
 * @cssproperty --credits-radius - The card's corners.
 * @cssproperty --credits-radius-control - The corners of buttons, amounts and fields.
 * @cssproperty --credits-card-surface - The card's background, where menus and dialogs have another.
 * @cssproperty --credits-card-border - The card's border.
 * @cssproperty --credits-border-width - How wide hairlines are.
 * @cssproperty --credits-font-size - The page's size if not set.
 * @cssproperty --credits-control-height - Buttons and fields.
 * @cssproperty --credits-focus-ring - The outline of what has the focus.
 * @cssproperty --credits-shadow - Below what floats.
 */
export class CreditsTopUp extends DialogElement {
  static override properties: PropertyDeclarations = {
    creditType: { attribute: "credit-type" },
    resource: {},
    currency: {},
    credits: {},
    return: {},
    state: { attribute: false },
  };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** What is sold; by default the first credit type that the customer's plans sell. */
  declare creditType: string | undefined;
  /** The resource whose pool gets the credits; by default the pool without one. */
  declare resource: string | undefined;
  /** The currency, such as `eur`; by default the one that the customer pays in. */
  declare currency: string | undefined;
  /** The amount that is chosen at first. */
  declare credits: string | undefined;
  /** Where people pay: in a dialog, in another tab, or in this one, which comes back. */
  declare return: "dialog" | "tab" | "redirect" | undefined;
  /** What the element shows. It follows the session and the payment by itself. */
  declare state: CreditsTopUpState;

  protected override readonly firstStops = FIRST;
  protected override readonly nextStops = NEXT;
  readonly #hub = new HubController(this);
  readonly #purchase = new Purchase(this);

  constructor() {
    super();
    this.state = { type: "loading" };
  }

  /** @internal */
  hubChanged(state: HubState): void {
    this.#purchase.hubChanged(this.#hub.hub, state);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#purchase.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const isOther = (["creditType", "resource", "currency"] as const).some((name) => changed.has(name));
    if (isOther && this.hasUpdated) void this.#purchase.load();
    else if (changed.has("credits") && this.credits && this.hasUpdated) this.#purchase.put(this.credits);
  }

  protected override render() {
    const { state } = this;
    const view = this.#view();
    if (!view) return nothing;
    if (state.type === "forbidden") return html`<slot name="no-permission"></slot>`;
    return this.renderFrames({
      common: view.common,
      panel: renderPanel(view),
      checkout: state.type === "checkout" ? renderCheckout(state, view) : undefined,
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
    this.#purchase.payment.cancel();
  }

  protected override closed(): void {
    this.dispatchEvent(new CreditsTopUpCloseEvent());
  }

  protected override spoken(): string | undefined {
    const view = this.#view();
    return view && spokenText(view);
  }

  /** Nothing while the texts are on their way. */
  #view(): TopUpView | undefined {
    const { language, state, modal } = this;
    const texts = topUpTexts(language);
    const common = language.texts;
    if (!texts || !common) return undefined;
    const { form, price, pool, card, savesCard } = this.#purchase;
    const lang = (form.lang = language.tag);
    const actions = this.#actions;
    const formats = new Formats(lang);
    return { state, texts, common, formats, lang, form, price, pool, card, savesCard, modal, actions };
  }

  readonly #actions: TopUpActions = {
    choose: (credits) => {
      this.#purchase.choose(credits);
      // The field comes with the choice; whoever chose it wants to type.
      if (credits === undefined) void this.updateComplete.then(() => this.focusOn(["#amount"]));
    },
    type: (text) => this.#purchase.type(text),
    leaveField: () => {
      this.#purchase.form.isChecked = true;
      this.requestUpdate();
    },
    finishField: () => {
      this.#actions.leaveField();
      this.focusOn(this.#purchase.form.fault ? ["#amount"] : NEXT);
    },
    pay: () => {
      this.#purchase.pay();
      if (this.#purchase.form.fault) this.focusOn(["#amount"]);
    },
    useSavedCard: (yes) => {
      this.#purchase.usesSavedCard = yes;
      this.requestUpdate();
    },
    saveCard: (yes) => {
      this.#purchase.savesCard = yes;
    },
    retry: () => (this.state.type === "error" ? void this.#purchase.load() : this.#purchase.askPrice()),
    cancel: () => this.#purchase.payment.cancel(),
    opened: () => this.#purchase.payment.opened(),
    checkAgain: () => this.#purchase.payment.checkAgain(),
    confirm: () => void this.#purchase.payment.confirm(),
    again: () => void this.#purchase.load(),
    close: () => this.close(),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-top-up": CreditsTopUp;
  }
}
