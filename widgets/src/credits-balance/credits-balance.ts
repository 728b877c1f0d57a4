import type { WidgetBalance } from "@credits-kit/client/widget";
import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { HubState } from "../session/hub.ts";
import { LiveElement } from "../session/live-element.ts";
import { micros } from "../ui/decimal.ts";
import { Formats } from "../ui/formats.ts";
import { Announcer } from "./announcer.ts";
import { type BalanceContext, figureOf, unitFor, warningOf } from "./balance-context.ts";
import { levelOf, poolKey, stateOf } from "./balance-state.ts";
import { renderBalance } from "./balance-view.ts";
import { CreditsBalanceErrorEvent, CreditsBalanceLoadEvent, CreditsTopUpRequestEvent } from "./credits-balance.events.ts";
import { styles } from "./credits-balance.styles.ts";
import type { CreditsBalanceState } from "./credits-balance.types.ts";
import { Roll } from "./roll.ts";

/**
 * @summary Shows a customer's credits, live: what is left, what is held, when it runs low.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. Without `credit-type` it shows all of the
 * customer's pools side by side.
 *
 * @status stable
 * @since 0.1.0
 *
 * @slot header - Above the balances: a heading of the page's own.
 * @slot actions - Below the balances: links or buttons of the page's own.
 *
 * @event {CreditsTopUpRequestEvent} credits-top-up-request - "Top up" was pressed; cancelable. Needs `top-up`.
 * @event {CreditsBalanceLoadEvent} credits-balance-load - Balances are shown for the first time, or again after an error.
 * @event {CreditsBalanceErrorEvent} credits-balance-error - Balances cannot be shown; `detail.code` tells why.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - The card, or the pill of the compact variant.
 * @csspart pools - The grid of pools.
 * @csspart pool - One pool.
 * @csspart symbol - The credit type's symbol.
 * @csspart name - The credit type's name.
 * @csspart resource - The pool's resource.
 * @csspart balance - The figure.
 * @csspart caption - The unit and what is held or on the way.
 * @csspart history - The sparkline with its date.
 * @csspart sparkline - The drawing alone.
 * @csspart usage - The bar of used credits with its share.
 * @csspart bar - The bar alone.
 * @csspart expiry - What expires soon.
 * @csspart warning - Low, depleted or over.
 * @csspart message - Empty, error and no permission.
 * @csspart stale - "Updated 2 min ago".
 * @csspart skeleton - The stand-in while loading.
 * @csspart top-up-button - The button "Top up".
 * @csspart retry-button - The button "Retry".
 *
 * @cssproperty --credits-surface - Background.
 * @cssproperty --credits-surface-sunken - Background of a pool among several, and of the bar.
 * @cssproperty --credits-border - Hairlines.
 * @cssproperty --credits-text - Text.
 * @cssproperty --credits-text-muted - Captions.
 * @cssproperty --credits-accent - The action, the bar, the sparkline and the focus ring.
 * @cssproperty --credits-accent-soft - Behind the symbol and below the sparkline.
 * @cssproperty --credits-on-accent - Text on the accent.
 * @cssproperty --credits-warning - Low.
 * @cssproperty --credits-warning-soft - Behind the warning.
 * @cssproperty --credits-danger - Depleted and over.
 * @cssproperty --credits-danger-soft - Behind these.
 * @cssproperty --credits-font-family - The page's font if not set.
 * @cssproperty --credits-padding - Inside the card.
 * @cssproperty --credits-radius - The card's corners.
 * @cssproperty --credits-radius-control - The buttons' corners.
 */
export class CreditsBalance extends LiveElement {
  static override styles = styles;
  static override properties: PropertyDeclarations = {
    creditType: { attribute: "credit-type" },
    resource: {},
    variant: { reflect: true },
    timeZone: { attribute: "time-zone" },
    fractionDigits: { attribute: "fraction-digits", type: Number },
    hideUnit: { attribute: "hide-unit", type: Boolean },
    topUp: { attribute: "top-up", type: Boolean },
    state: { attribute: false },
    announcement: { state: true },
  };

  /** Shows this credit type only. */
  declare creditType: string | undefined;
  /** Shows the pool of this resource only; `none` is the pool without one. */
  declare resource: string | undefined;
  /** A card, or one line for a top bar. */
  declare variant: "card" | "compact" | undefined;
  /** The time zone of dates, such as `Europe/Berlin`; by default the person's own. */
  declare timeZone: string | undefined;
  /** How many decimals figures have; by default as many as they need. */
  declare fractionDigits: number | undefined;
  /** Leaves out the unit beside the figure. */
  declare hideUnit: boolean;
  /** Offers "Top up" where the session allows it. The page opens its purchase flow on `credits-top-up-request`. */
  declare topUp: boolean;
  /** What the element shows. It follows the session by itself; set it to show data of your own without one. */
  declare state: CreditsBalanceState;
  private declare announcement: string;

  readonly #roll = new Roll();
  readonly #announcer = new Announcer((text) => (this.announcement = text));
  #hubState: HubState | undefined;
  #clock: ReturnType<typeof setTimeout> | undefined;
  #focused: Element | null | undefined;

  constructor() {
    super();
    this.state = { type: "loading" };
    this.hideUnit = this.topUp = false;
    this.announcement = "";
  }

  /** Tries again at once. */
  retry(): void {
    this.hub.hub?.retry();
  }

  override hubChanged(state: HubState): void {
    const isMissing = state.type === "failed" && state.failure.code === "session_missing";
    // A page that shows data of its own needs no session.
    if (isMissing && this.state.type !== "loading") return;
    this.#hubState = state;
    this.state = stateOf(state, this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#clock);
    this.#forget();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    this.#focused = this.shadowRoot?.activeElement;
    const chosenAnew = changed.has("creditType") || changed.has("resource");
    if (chosenAnew && this.#hubState) this.state = stateOf(this.#hubState, this);
  }

  protected override render() {
    const state: CreditsBalanceState = this.languageIsReady ? this.state : { type: "loading" };
    return html`
      <div
        class="base"
        part="base"
        lang=${this.localize.term("$code")}
        dir=${this.textDirection ?? nothing}
        aria-busy=${state.type === "loading"}
      >
        <slot name="header"></slot>
        ${renderBalance(state, this.#context())}
        <slot name="actions"></slot>
        <div class="visually-hidden" role="status">${this.announcement}</div>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has("state")) this.#report(changed.get("state"));
    if (this.state.type === "loaded") this.#follow(this.state.pools);
    else this.#forget();
    this.#keepFocus();
    this.#tick();
  }

  #context(): BalanceContext {
    const { localize, timeZone, fractionDigits, state } = this;
    return {
      localize,
      formats: new Formats({ lang: localize.lang(), timeZone, fractionDigits }),
      compact: this.variant === "compact",
      hideUnit: this.hideUnit,
      topUp: this.topUp && "canTopUp" in state && state.canTopUp,
      onTopUp: (pool) => {
        const creditTypeId = pool?.creditTypeId ?? this.creditType;
        this.dispatchEvent(new CreditsTopUpRequestEvent({ creditTypeId, resourceId: pool?.resourceId ?? null }));
      },
      onRetry: () => this.retry(),
    };
  }

  /** Tells the page what became of the element; updates of what is shown are no news. */
  #report(before: CreditsBalanceState | undefined): void {
    const { state } = this;
    const shown = (other?: CreditsBalanceState) => other?.type === "loaded" || other?.type === "empty";
    if (shown(state) && !shown(before)) this.dispatchEvent(new CreditsBalanceLoadEvent());
    if (state.type === "forbidden" && before?.type !== "forbidden") {
      this.dispatchEvent(new CreditsBalanceErrorEvent({ code: "forbidden", retryable: false, requestId: undefined }));
    }
    if (state.type !== "error" || (before?.type === "error" && before.code === state.code)) return;
    const { code, retryable, requestId } = state;
    this.dispatchEvent(new CreditsBalanceErrorEvent({ code, retryable, requestId }));
  }

  /** Rolls the figures that changed and says what became low. */
  #follow(pools: readonly WidgetBalance[]): void {
    const context = this.#context();
    const figures = [...(this.shadowRoot?.querySelectorAll<HTMLElement>(".figure") ?? [])];
    for (const pool of pools) {
      const key = poolKey(pool);
      const text = figureOf(pool, context);
      const figure = figures.find((element) => element.dataset["key"] === key);
      if (figure) this.#roll.play(figure, key, { text, value: micros(pool.available) });
      const recovered = this.localize.term("replenished", text, unitFor(pool.available, pool));
      this.#announcer.note(key, levelOf(pool), `${pool.name}: ${warningOf(pool, context) ?? recovered}`);
    }
  }

  #forget(): void {
    this.#announcer.stop();
    this.#roll.forget();
  }

  /** When the button in focus is gone, its work being done, the keyboard goes on from the card. */
  #keepFocus(): void {
    const base = this.shadowRoot?.querySelector<HTMLElement>(".base");
    if (!base || !this.#focused || this.#focused.isConnected) return;
    base.tabIndex = -1;
    base.focus({ preventScroll: true });
  }

  /** Texts such as "in 6 days" and "2 min ago" grow old without any news. */
  #tick(): void {
    clearTimeout(this.#clock);
    if (!this.isConnected || !("canTopUp" in this.state)) return;
    this.#clock = setTimeout(() => this.requestUpdate(), this.state.stale ? 10_000 : 60_000);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-balance": CreditsBalance;
  }
}
