import { html, nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { SessionElement } from "../session/session-element.ts";
import type { Translation } from "../ui/translation.ts";
import {
  CreditsUtilizationPortalErrorEvent,
  CreditsUtilizationPortalLoadEvent,
} from "./credits-utilization-portal.events.ts";
import { styles } from "./credits-utilization-portal.styles.ts";
import type { PortalTab } from "./credits-utilization-portal.types.ts";
import type * as PanelFile from "./panel.ts";
import { renderSkeleton } from "./render-skeleton.ts";

/** All but the skeleton is a file of its own, which comes while the session is asked for. */
let file: typeof PanelFile | undefined;

/**
 * @tag credits-utilization-portal
 * @summary A whole page about credits: how much is left and until when, usage, grants, ledger, plan and billing, settings.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. What each tab needs comes when it is opened.
 *
 * @status stable
 * @since 0.1.0
 *
 * @slot header - Above everything: a heading of the page's own.
 * @slot footer - Below everything.
 *
 * @event {CreditsUtilizationPortalChangeEvent} credits-utilization-portal-change - A person opened another tab.
 * @event {CreditsTopUpRequestEvent} credits-top-up-request - "Top up" was pressed; cancelable: the page then sells itself.
 * @event {CreditsNotificationsChangeEvent} credits-notifications-change - A person set what they want to be told of.
 * @event {CreditsPaymentMethodsChangeEvent} credits-payment-methods-change - Cards were added, removed or made the default.
 * @event {CreditsUtilizationPortalLoadEvent} credits-utilization-portal-load - It shows credits for the first time, or again after an error.
 * @event {CreditsUtilizationPortalErrorEvent} credits-utilization-portal-error - It cannot; `detail.code` tells why.
 * @event {CreditsTopUpStartedEvent} credits-top-up-started - In the purchase that it opens: an order exists, its payment has begun.
 * @event {CreditsTopUpSucceededEvent} credits-top-up-succeeded - In that purchase: the order is paid, its credits are in the pool.
 * @event {CreditsTopUpFailedEvent} credits-top-up-failed - In that purchase: the order was not paid; `detail.code` tells why.
 * @event {CreditsAutoTopUpChangeEvent} credits-auto-top-up-change - In the settings: auto top-up was set, switched or removed.
 * @event {CreditsGrantRequestEvent} credits-grant-request - In the ledger: the grant of an entry was pressed; cancelable.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - Everything.
 * @csspart header - The card with the balance and the tabs.
 * @csspart pool-select - The choice among several pools.
 * @csspart name - The credit type's name.
 * @csspart balance - The figure.
 * @csspart caption - The unit and what is held or on the way.
 * @csspart pace - When it runs out.
 * @csspart top-up-button - The button "Top up".
 * @csspart tabs - The row of tabs.
 * @csspart tab - A tab.
 * @csspart panel - What the open tab shows.
 * @csspart section - A card of it.
 * @csspart title - Its heading.
 * @csspart tile - A figure of the overview.
 * @csspart figure - The figure itself.
 * @csspart ring - How much of the period's credits is used.
 * @csspart alert - Something that needs attention.
 * @csspart action - What can be done about it, and the ways to other tabs.
 * @csspart trend - The drawing of the usage.
 * @csspart row - A line of a list: an expiry, an entry, a plan, a card, a purchase.
 * @csspart status - The status of a purchase.
 * @csspart link - A receipt, an invoice, or where it is paid.
 * @csspart card-button - What can be done with a card.
 * @csspart page-button - "Previous" and "Next".
 * @csspart choice - A choice of the notifications.
 * @csspart field - A field of them.
 * @csspart save-button - Saves them.
 * @csspart notice - What became of what the person did.
 * @csspart message - Error and no permission.
 * @csspart stale - "Updated 2 min ago".
 * @csspart skeleton - The stand-in while loading.
 * @csspart retry-button - The button "Retry".
 *
 * @cssproperty --credits-surface - Background of cards.
 * @cssproperty --credits-surface-sunken - Behind quiet statuses and rings.
 * @cssproperty --credits-border - Hairlines.
 * @cssproperty --credits-text - Text.
 * @cssproperty --credits-text-muted - Captions and closed tabs.
 * @cssproperty --credits-accent - The action, the open tab, the ring, the trend and the focus ring.
 * @cssproperty --credits-accent-soft - Behind symbols.
 * @cssproperty --credits-on-accent - Text on the accent.
 * @cssproperty --credits-positive - What was added, and paid.
 * @cssproperty --credits-positive-soft - Behind it.
 * @cssproperty --credits-warning - Low, expiring soon, and unpaid.
 * @cssproperty --credits-warning-soft - Behind them.
 * @cssproperty --credits-danger - Depleted, over, overdue, and what failed.
 * @cssproperty --credits-danger-soft - Behind them.
 * @cssproperty --credits-card-surface - Background of cards, where it is another than that of controls.
 * @cssproperty --credits-card-border - The border of cards, as `border` is written.
 * @cssproperty --credits-border-width - Of hairlines.
 * @cssproperty --credits-control-height - The least height of buttons and fields.
 * @cssproperty --credits-focus-ring - The ring around what has the keyboard, as `outline` is written.
 * @cssproperty --credits-font-family - The page's font if not set.
 * @cssproperty --credits-font-size - The page's size if not set.
 * @cssproperty --credits-padding - Inside cards.
 * @cssproperty --credits-radius - The cards' corners.
 * @cssproperty --credits-radius-control - The corners of controls.
 */
export class CreditsUtilizationPortal extends SessionElement {
  static override properties: PropertyDeclarations = {
    creditType: { attribute: "credit-type" },
    resource: {},
    tab: { reflect: true },
    hide: {},
    linkTabs: { attribute: "link-tabs" },
    timeZone: { attribute: "time-zone" },
    fractionDigits: { attribute: "fraction-digits", type: Number },
    hideUnit: { attribute: "hide-unit", type: Boolean },
    topUp: { attribute: "top-up" },
    dimensions: {},
  };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** The credit type that is shown; people choose among several without it. */
  declare creditType: string | undefined;
  /** The pool of this resource only; `none` is the pool without one. */
  declare resource: string | undefined;
  /** The tab that is open; the first one without it. It follows the person. */
  declare tab: PortalTab | undefined;
  /** What is left out, with spaces between: tabs, and parts of them. */
  declare hide: string | undefined;
  /** Keeps the tab in the address: `#credits/<tab>`, or `#<name>/<tab>` by a name of the page's own. */
  declare linkTabs: string | undefined;
  /** The time zone of days and dates, such as `Europe/Berlin`; by default the person's own. */
  declare timeZone: string | undefined;
  /** How many decimals figures have; by default as many as they need. */
  declare fractionDigits: number | null | undefined;
  /** Leaves out the unit beside figures. */
  declare hideUnit: boolean;
  /** `off` hides "Top up", which is there where the session allows it. */
  declare topUp: "off" | undefined;
  /** Keys of tracked dimensions that people may choose in the usage chart, with spaces between. */
  declare dimensions: string | undefined;

  readonly #hub = new HubController(this);
  #panel: PanelFile.Panel | undefined;
  /** What is known of the session. */
  #state: HubState | undefined;
  #isMissing = false;
  /** What it was able to show before this update: credits, or an error by its code. */
  #shown = "";

  constructor() {
    super();
    this.hideUnit = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // An expired token is told once, by the portal itself: not again by each element in it.
    this.renderRoot.addEventListener("credits-session-expired", stop);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#panel?.stop();
  }

  /** Tries again at once. */
  retry(): void {
    if (this.#panel) this.#panel.retry();
    else void this.#load();
  }

  /** @internal */
  hubChanged(state: HubState): void {
    this.#state = state;
    this.#panel?.hubChanged(state);
    this.requestUpdate();
  }

  protected override render() {
    const { texts } = this.language;
    if (!texts) return nothing;
    return html`
      <div
        class="base"
        part="base"
        lang=${texts.code}
        dir=${this.dir || (this.lang ? texts.dir : nothing)}
        aria-busy=${this.#panel?.isLoading !== false}
      >
        <slot name="header"></slot>
        ${this.#panel?.render(texts) ?? this.#renderMeanwhile(texts)}
        <slot name="footer"></slot>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#panel?.updated();
    const state = this.#panel?.hubState;
    if (!state || state.type === "loading") return;
    const shown = "code" in state ? state.code : "credits";
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.dispatchEvent(
      "code" in state
        ? new CreditsUtilizationPortalErrorEvent(state)
        : new CreditsUtilizationPortalLoadEvent(),
    );
  }

  #renderMeanwhile(texts: Translation) {
    if (!this.#isMissing) return renderSkeleton(texts.loading, this.topUp !== "off");
    return html`
      <div class="section message" part="message">
        <p class="note">${texts.offlineHint}</p>
        <button part="retry-button" @click=${() => this.retry()}>${texts.retry}</button>
      </div>
    `;
  }

  async #load(): Promise<void> {
    this.#isMissing = false;
    try {
      file ??= await import("./panel.ts");
    } catch {
      this.#isMissing = true;
    }
    if (file && this.isConnected) {
      this.#panel ??= new file.Panel(this, { hub: this.#hub, language: this.language });
      this.#panel.start();
      if (this.#state) this.#panel.hubChanged(this.#state);
    }
    this.requestUpdate();
  }
}

function stop(event: Event): void {
  event.stopPropagation();
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-utilization-portal": CreditsUtilizationPortal;
  }
}
