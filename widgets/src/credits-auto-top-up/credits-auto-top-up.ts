import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { DialogElement } from "../paying/dialog-element.ts";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { Formats } from "../ui/formats.ts";
import type { AutoTopUpActions, AutoTopUpView } from "./auto-top-up-view.ts";
import { CreditsAutoTopUpCloseEvent } from "./credits-auto-top-up.events.ts";
import { styles } from "./credits-auto-top-up.styles.ts";
import type { CreditsAutoTopUpState } from "./credits-auto-top-up.types.ts";
import { renderCheckout } from "./render-adding.ts";
import { renderPanel, spokenText } from "./render-panel.ts";
import { FIELDS } from "./rule-form.ts";
import { Settings } from "./settings.ts";
import { autoTopUpTexts } from "./texts.ts";

const part = (name: string) => `[part~="${name}"]`;
const NEXT = ["action-button", "keep-button", "save-button", "set-up-button", "change-button"].map(part);
const LAST = ["retry-button", "cancel-button"].map(part);

/**
 * @tag credits-auto-top-up
 * @summary Settings and status of a pool's auto top-up: when it buys, how much, from which card, within which limit.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. A card is added on Stripe's own page, which
 * opens in a dialog, in another tab, or in this one. Nobody is charged without the person's explicit consent.
 *
 * @status stable
 * @since 0.1.0
 *
 * @slot no-permission - Shown instead of everything else where the session may not change settings.
 * @slot checkout - Taken by Stripe's form, which the element puts there itself.
 *
 * @event {CreditsAutoTopUpChangeEvent} credits-auto-top-up-change - It was set, switched or removed.
 * @event {CreditsAutoTopUpCardEvent} credits-auto-top-up-card - A card was added, and is charged from now on.
 * @event {CreditsAutoTopUpErrorEvent} credits-auto-top-up-error - It could not be loaded or changed; `detail.code` tells why.
 * @event {CreditsAutoTopUpCloseEvent} credits-auto-top-up-close - The dialog of a `modal` element was closed.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - The card, and the inside of the dialog.
 * @csspart dialog - The dialog.
 * @csspart header - Symbol, title and balance.
 * @csspart symbol - The credit type's symbol.
 * @csspart title - What it is.
 * @csspart balance - What the customer has.
 * @csspart close-button - Closes the dialog.
 * @csspart notice - What became of the last thing that the person did.
 * @csspart invitation - That nothing is set yet, and what it would do.
 * @csspart set-up-button - Opens the form.
 * @csspart form - The form.
 * @csspart choice - Up to a target, or so many more.
 * @csspart field - A field for an amount.
 * @csspart hint - What it may be, or what is wrong with it.
 * @csspart summary - What one top-up costs, the consent and the button.
 * @csspart total - The total.
 * @csspart card - The card that is charged.
 * @csspart consent - The consent to be charged when nobody is there.
 * @csspart save-button - Sets it, or has a card added first.
 * @csspart cancel-button - Leaves it as it was.
 * @csspart status - What is set, and what it is at.
 * @csspart state - On or off.
 * @csspart switch - The switch.
 * @csspart standing - What is under way, or what went wrong.
 * @csspart action-button - The one thing to do about it.
 * @csspart rule - The rule in a sentence.
 * @csspart spending - What was spent this month.
 * @csspart meter - That against the limit.
 * @csspart marks - Where its owner is told.
 * @csspart card-button - Has another card added.
 * @csspart change-button - Opens the form again.
 * @csspart remove-button - Removes it, after a question.
 * @csspart keep-button - Keeps it.
 * @csspart card-step - The consent before another card is added.
 * @csspart outcome - What is happening on Stripe's page.
 * @csspart message - That there is nothing to buy, or an error.
 * @csspart retry-button - Tries again.
 * @csspart skeleton - While loading.
 * @csspart checkout - Around Stripe's form.
 *
 * @cssproperty --credits-surface - Background.
 * @cssproperty --credits-surface-sunken - Background of calm notices and of the meter.
 * @cssproperty --credits-border - Hairlines.
 * @cssproperty --credits-text - Text.
 * @cssproperty --credits-text-muted - Captions and the fields' borders.
 * @cssproperty --credits-accent - The choice, the button, the switch, the meter and the focus ring.
 * @cssproperty --credits-accent-soft - Behind the choice and the symbol.
 * @cssproperty --credits-on-accent - Text on the accent.
 * @cssproperty --credits-positive - On.
 * @cssproperty --credits-positive-soft - Behind it.
 * @cssproperty --credits-warning - Needs a confirmation, or comes near the limit.
 * @cssproperty --credits-warning-soft - Behind it.
 * @cssproperty --credits-danger - Declined, stopped, and what is wrong with a field.
 * @cssproperty --credits-danger-soft - Behind it.
 * @cssproperty --credits-font-family - The page's font if not set.
 * @cssproperty --credits-padding - Inside the card.
 * @cssproperty --credits-radius - The card's corners.
 * @cssproperty --credits-radius-control - The corners of buttons, choices and fields.
 * @cssproperty --credits-card-surface - The card's background, where menus and dialogs have another.
 * @cssproperty --credits-card-border - The card's border.
 * @cssproperty --credits-border-width - How wide hairlines are.
 * @cssproperty --credits-font-size - The page's size if not set.
 * @cssproperty --credits-control-height - Buttons and fields.
 * @cssproperty --credits-focus-ring - The outline of what has the focus.
 * @cssproperty --credits-shadow - Below what floats.
 */
export class CreditsAutoTopUp extends DialogElement {
  static override properties: PropertyDeclarations = {
    creditType: { attribute: "credit-type" },
    resource: {},
    return: {},
    state: { attribute: false },
  };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** What is topped up; by default the first credit type that the customer's plans sell. */
  declare creditType: string | undefined;
  /** The resource whose pool is topped up; by default the pool without one. */
  declare resource: string | undefined;
  /** Where people add a card: in a dialog, in another tab, or in this one, which comes back. */
  declare return: "dialog" | "tab" | "redirect" | undefined;
  /** What the element shows. It follows the session and the server by itself. */
  declare state: CreditsAutoTopUpState;

  protected override readonly firstStops = [...NEXT, ...LAST];
  protected override readonly nextStops = [...NEXT, ...LAST];
  readonly #hub = new HubController(this);
  readonly #settings = new Settings(this);

  constructor() {
    super();
    this.state = { type: "loading" };
  }

  /** @internal */
  hubChanged(state: HubState): void {
    this.#settings.hubChanged(this.#hub.hub, state);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#settings.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const isOther = changed.has("creditType") || changed.has("resource");
    if (isOther && this.hasUpdated) void this.#settings.load();
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
    this.#settings.card.cancel();
  }

  protected override closed(): void {
    this.dispatchEvent(new CreditsAutoTopUpCloseEvent());
  }

  protected override spoken(): string | undefined {
    const view = this.#view();
    return view && spokenText(view);
  }

  /** Nothing while the texts are on their way. */
  #view(): AutoTopUpView | undefined {
    const { language, state, modal } = this;
    const texts = autoTopUpTexts(language);
    const common = language.texts;
    if (!texts || !common) return undefined;
    const { form, price, pool, current: settings } = this.#settings;
    const lang = (form.lang = language.tag);
    const formats = new Formats(lang);
    const actions = this.#actions;
    return { state, texts, common, formats, lang, form, price, settings, pool, modal, actions };
  }

  readonly #actions: AutoTopUpActions = {
    edit: (field = "threshold") => {
      this.#settings.edit();
      void this.updateComplete.then(() => this.focusOn([`#${field}`]));
    },
    type: (change) => {
      this.#settings.type(change);
      // The field comes with the choice; whoever chose it wants to type.
      if (change.mode) void this.updateComplete.then(() => this.focusOn([`#${change.mode}`]));
    },
    leaveField: (field) => {
      this.#settings.form.check([field]);
      this.requestUpdate();
    },
    submit: () => this.#settled(this.#settings.submit()),
    leave: () => this.#settings.rest(),
    turn: (enabled) => this.#settled(this.#settings.turn(enabled)),
    resume: () => this.#settled(this.#settings.resume()),
    askToRemove: (asking) => this.#settings.askToRemove(asking),
    remove: () => this.#settled(this.#settings.remove()),
    askForCard: () => this.#settings.askForCard(),
    addCard: () => this.#settled(this.#settings.addCard()),
    cancelCard: () => this.#settings.card.cancel(),
    opened: () => this.#settings.card.opened(),
    checkAgain: () => this.#settings.card.checkAgain(),
    retry: () => void this.#settings.load(),
    close: () => this.close(),
  };

  /** Leads the keyboard to what is wrong, once it is known. */
  #settled(action: Promise<void>): void {
    void action
      .then(() => this.updateComplete)
      .then(() => {
        const { form } = this.#settings;
        const isAsked = this.state.type === "form" || this.state.type === "card";
        const field = isAsked ? FIELDS.find((name) => form.shownFault(name)) : undefined;
        if (field) this.focusOn([`#${field}`]);
      });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-auto-top-up": CreditsAutoTopUp;
  }
}
