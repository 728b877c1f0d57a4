import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { SessionElement } from "../session/session-element.ts";
import { balanceTexts } from "../ui/balance-texts.ts";
import { Formats } from "../ui/formats.ts";
import type { Translation } from "../ui/translation.ts";
import { stateOf } from "./balance-state.ts";
import type { BalanceView } from "./balance-view.ts";
import {
  CreditsBalanceErrorEvent,
  CreditsBalanceLoadEvent,
  CreditsTopUpRequestEvent,
  type TopUpRequest,
} from "./credits-balance.events.ts";
import { styles } from "./credits-balance.styles.ts";
import type { CreditsBalanceState } from "./credits-balance.types.ts";
import { LateFiles } from "./late-files.ts";
import type * as Late from "./late.ts";
import { renderBalance, renderLine } from "./render-balance.ts";

/**
 * @tag credits-balance
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
 * @event {CreditsTopUpRequestEvent} credits-top-up-request - "Top up" was pressed; cancelable: the page then sells itself.
 * @event {CreditsHistoryRequestEvent} credits-history-request - The link to all entries was followed; cancelable.
 * @event {CreditsAutoTopUpRequestEvent} credits-auto-top-up-request - The way to the auto top-up was pressed; cancelable.
 * @event {CreditsBalanceLoadEvent} credits-balance-load - Balances are shown for the first time, or again after an error.
 * @event {CreditsBalanceErrorEvent} credits-balance-error - Balances cannot be shown; `detail.code` tells why.
 * @event {CreditsTopUpStartedEvent} credits-top-up-started - In the purchase that it opens: an order exists, its payment has begun.
 * @event {CreditsTopUpSucceededEvent} credits-top-up-succeeded - In that purchase: the order is paid, its credits are in the pool.
 * @event {CreditsTopUpFailedEvent} credits-top-up-failed - In that purchase: the order was not paid; `detail.code` tells why.
 * @event {CreditsAutoTopUpChangeEvent} credits-auto-top-up-change - In the settings that it opens: auto top-up was set, switched or removed.
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
 * @csspart history - The button with the sparkline and its date.
 * @csspart history-popover - The latest entries that it opens.
 * @csspart history-entry - One of them.
 * @csspart history-link - The link to all of them.
 * @csspart sparkline - The drawing alone.
 * @csspart usage - The bar of used credits with its share.
 * @csspart bar - The bar alone.
 * @csspart expiry - What expires soon.
 * @csspart refresh - When credits come again.
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
 * @cssproperty --credits-positive - What credits came in, among the latest entries.
 * @cssproperty --credits-warning - Low.
 * @cssproperty --credits-warning-soft - Behind the warning.
 * @cssproperty --credits-danger - Depleted and over.
 * @cssproperty --credits-danger-soft - Behind these.
 * @cssproperty --credits-font-family - The page's font if not set.
 * @cssproperty --credits-padding - Inside the card.
 * @cssproperty --credits-radius - The card's corners.
 * @cssproperty --credits-radius-control - The buttons' corners.
 * @cssproperty --credits-card-surface - The card's background, where menus and dialogs have another.
 * @cssproperty --credits-card-border - The card's border.
 * @cssproperty --credits-border-width - How wide hairlines are.
 * @cssproperty --credits-font-size - The page's size if not set.
 * @cssproperty --credits-control-height - Buttons and fields.
 * @cssproperty --credits-focus-ring - The outline of what has the focus.
 * @cssproperty --credits-shadow - Below the latest entries.
 */
export class CreditsBalance extends SessionElement {
  static override properties: PropertyDeclarations = {
    creditType: { attribute: "credit-type" },
    resource: {},
    variant: { reflect: true },
    historyUrl: { attribute: "history-url" },
    timeZone: { attribute: "time-zone" },
    fractionDigits: { attribute: "fraction-digits", type: Number },
    hideUnit: { attribute: "hide-unit", type: Boolean },
    topUp: { attribute: "top-up" },
    state: { attribute: false },
  };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** Shows this credit type only. */
  declare creditType: string | undefined;
  /** Shows the pool of this resource only; `none` is the pool without one. */
  declare resource: string | undefined;
  /** A card, one line for a top bar, or how much of all credits is used. */
  declare variant: "card" | "compact" | "utilization" | undefined;
  /** The page that has all entries; what the sparkline opens leads there. */
  declare historyUrl: string | undefined;
  /** The time zone of dates, such as `Europe/Berlin`; by default the person's own. */
  declare timeZone: string | undefined;
  /** How many decimals figures have; by default as many as they need. */
  declare fractionDigits: number | null | undefined;
  /** Leaves out the unit beside the figure. */
  declare hideUnit: boolean;
  /** `off` hides "Top up", which is there where the session allows it. */
  declare topUp: "off" | undefined;
  /** What the element shows. It follows the session by itself; set it to show data of your own without one. */
  declare state: CreditsBalanceState;

  readonly #hub = new HubController(this);
  #hubState: HubState | undefined;
  #clock: ReturnType<typeof setTimeout> | undefined;
  #focused: Element | null | undefined;
  readonly #files = new LateFiles(this);
  readonly #parts: Late.Parts = {};

  constructor() {
    super();
    this.state = { type: "loading" };
    this.hideUnit = false;
  }

  /** Tries again at once. */
  retry(): void {
    this.#hub.hub?.retry();
  }

  /** @internal */
  hubChanged(state: HubState): void {
    // A page that shows data of its own needs no session.
    if ("code" in state && state.code === "session_missing" && this.state.type !== "loading") return;
    this.#hubState = state;
    this.state = stateOf(state, this);
  }

  /** @internal */
  fileMissed(): void {
    this.#find("[role=status]").replaceChildren(this.language.texts?.offlineHint ?? "");
    this.dispatchEvent(new CreditsBalanceErrorEvent({ code: "network_failed", retryable: true }));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#clock);
    this.#parts.live?.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#focused = this.shadowRoot?.activeElement;
    const chosenAnew = changed.has("creditType") || changed.has("resource");
    if (chosenAnew && this.#hubState) this.state = stateOf(this.#hubState, this);
  }

  protected override render() {
    const { texts } = this.language;
    if (!texts) return nothing;
    const { state } = this;
    const { retry: onRetry } = this.#files;
    const view = this.#view(texts);
    const isWaiting = state.type === "loading" || (state.type === "loaded" && this.#lacksRows);
    return html`
      <div
        class="base"
        part="base"
        lang=${texts.code}
        dir=${this.dir || (this.lang ? texts.dir : nothing)}
        aria-busy=${isWaiting}
      >
        <slot name="header"></slot>
        ${renderBalance(isWaiting ? { type: "loading" } : state, view)}
        ${onRetry && renderLine(texts.offlineHint, { retryable: true, retrying: false }, { ...view, onRetry })}
        <slot name="actions"></slot>
        <div class="visually-hidden" role="status"></div>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (changed.has("state")) this.#follow(changed.get("state"));
    const { state } = this;
    const { texts } = this.language;
    const { live } = this.#parts;
    const isLoaded = state.type === "loaded";
    if (texts) live?.follow(isLoaded ? state.pools : undefined, this.#view(texts));
    const lacks = this.#lacksRows || (isLoaded && (!live || (state.canChangeSettings && !this.#parts.entry)));
    if (lacks && (changed.has("state") || changed.has("variant")) && !this.#files.retry)
      this.#use((late) => late.complete(this, this.#parts));
    // When the button in focus is gone, its work being done, the keyboard goes on from the card.
    if (this.#focused?.isConnected === false) {
      const base = this.#find(".base");
      base.tabIndex = -1;
      base.focus();
    }
    clearTimeout(this.#clock);
    // Texts such as "in 6 days" and "2 min ago" grow old without any news.
    if ("canTopUp" in state && this.isConnected) {
      this.#clock = setTimeout(() => this.requestUpdate(), state.stale ? 10_000 : 60_000);
    }
  }

  #find(selector: string): HTMLElement {
    return this.renderRoot.querySelector<HTMLElement>(selector) ?? this;
  }

  #view(texts: Translation): BalanceView {
    const { fractionDigits, hideUnit, state } = this;
    return {
      texts: balanceTexts(texts),
      formats: new Formats(this.language.tag, this.timeZone),
      compact: this.variant === "compact",
      hideUnit,
      fractionDigits,
      topUp: this.#canTopUp(state),
      entry: (pool) => this.#parts.entry?.(this, pool),
      sparkline: this.#parts.sparkline,
      renderRow: this.variant === "utilization" ? this.#parts.renderRow : undefined,
      onHistory:
        this.#hub.hub && ((pool, anchor) => this.#use((late) => late.openHistory(this, { pool, anchor }))),
      onTopUp: (pool) => {
        const detail = {
          creditTypeId: pool?.creditTypeId ?? this.creditType,
          resourceId: pool?.resourceId ?? null,
        };
        if (this.dispatchEvent(new CreditsTopUpRequestEvent(detail))) this.#openTopUp(detail);
      },
      onRetry: () => this.retry(),
    };
  }

  /** While loading this is a guess, which keeps the place of the button. */
  #canTopUp(state: CreditsBalanceState): boolean {
    return this.topUp !== "off" && !("canTopUp" in state && !state.canTopUp);
  }

  get #lacksRows(): boolean {
    return this.variant === "utilization" && !this.#parts.renderRow;
  }

  /** What is not needed for the first balance is in files of their own: here they are asked for. */
  #use(act: (late: typeof Late) => Promise<void>): void {
    this.#files.load(async () => act(await import("./late.ts")));
  }

  #openTopUp(pool?: TopUpRequest): void {
    this.#use((late) => late.openTopUp(this, pool));
  }

  /** Tells the page and the person what became of the balance since `before`. */
  #follow(before: CreditsBalanceState = { type: "loading" }): void {
    const { state } = this;
    if ("code" in state) {
      if (!("code" in before && before.code === state.code))
        this.dispatchEvent(new CreditsBalanceErrorEvent(state));
    } else if ("canTopUp" in state && !("canTopUp" in before)) {
      this.dispatchEvent(new CreditsBalanceLoadEvent());
      // The person comes back from a payment page.
      if (this.#canTopUp(state) && location.search.includes("credits_top_up=")) this.#openTopUp();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-balance": CreditsBalance;
  }
}
