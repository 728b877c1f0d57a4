import type { GrantFilters, GrantsQuery, WidgetGrants } from "@credits-kit/client/widget";
import { read } from "@credits-kit/client/widget/session";
import { html, type PropertyDeclarations } from "lit";
import { DataElement } from "../feed/data-element.ts";
import type { Question } from "../feed/feed-state.ts";
import { Topics } from "../feed/topics.ts";
import type { HubState } from "../session/hub.ts";
import { styleSheet } from "../ui/css.ts";
import type { Translation } from "../ui/translation.ts";
import {
  CreditsGrantSelectEvent,
  CreditsGrantsTableChangeEvent,
  CreditsGrantsTableErrorEvent,
  CreditsGrantsTableLoadEvent,
  type GrantsTableChoice,
} from "./credits-grants-table.events.ts";
import { styles } from "./credits-grants-table.styles.ts";
import {
  CATEGORIES,
  DEFAULT_ORDER,
  type GrantCategory,
  type GrantOrder,
  type GrantStatus,
  ORDERS,
  PAGE_SIZES,
  STATUSES,
} from "./credits-grants-table.types.ts";
import type { GrantsView } from "./grants-view.ts";
import type * as PanelFile from "./panel.ts";
import { renderSkeleton } from "./render-skeleton.ts";

const topics = new Topics<WidgetGrants>();
/** All but the skeleton is a file of its own, which comes while the session is asked for. */
let file: typeof PanelFile | undefined;
let sheet: CSSStyleSheet | undefined;

/**
 * @summary Shows the credits that a customer was granted: what is left of each, where it came from and when it expires.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. In a narrow place rows become cards.
 *
 * @status stable
 * @since 0.1.0
 *
 * @event {CreditsGrantsTableChangeEvent} credits-grants-table-change - A person chose a filter, an order or a page size.
 * @event {CreditsGrantsTableLoadEvent} credits-grants-table-load - Grants are shown for the first time, or again after an error.
 * @event {CreditsGrantsTableErrorEvent} credits-grants-table-error - Grants cannot be shown; `detail.code` tells why.
 * @event {CreditsGrantSelectEvent} credits-grant-select - The button of a row was pressed; `detail.grant` is its grant.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - The card.
 * @csspart title - The heading.
 * @csspart controls - Filters, order and export.
 * @csspart status-filter - The choice of a status.
 * @csspart category-filter - The choice of a kind.
 * @csspart sort - The choice of an order, where there are no columns.
 * @csspart export-button - "Export CSV".
 * @csspart notice - That a file could not be made.
 * @csspart table - The table.
 * @csspart sort-button - The name of a column that sorts.
 * @csspart row - A grant.
 * @csspart select-button - The button of a row, in a `selectable` table.
 * @csspart bar - What is left, as a bar.
 * @csspart status - The status of a grant.
 * @csspart link - A receipt, an invoice, or where it is paid.
 * @csspart pages - The ways to other pages.
 * @csspart page-size - The choice of rows per page.
 * @csspart page-button - "Previous" and "Next".
 * @csspart message - Empty, error and no permission.
 * @csspart stale - "Updated 2 min ago".
 * @csspart skeleton - The stand-in while loading.
 * @csspart retry-button - The button "Retry".
 *
 * @cssproperty --credits-surface - Background.
 * @cssproperty --credits-surface-sunken - Behind bars and quiet statuses.
 * @cssproperty --credits-border - Hairlines.
 * @cssproperty --credits-text - Text.
 * @cssproperty --credits-text-muted - Captions and the names of columns.
 * @cssproperty --credits-accent - Bars and the focus ring.
 * @cssproperty --credits-accent-soft - Behind the symbol of a message.
 * @cssproperty --credits-positive - Active.
 * @cssproperty --credits-positive-soft - Behind it.
 * @cssproperty --credits-warning - Expiring soon, and unpaid.
 * @cssproperty --credits-warning-soft - Behind them.
 * @cssproperty --credits-danger - Frozen, overdue, and what failed.
 * @cssproperty --credits-danger-soft - Behind them.
 * @cssproperty --credits-font-family - The page's font if not set.
 * @cssproperty --credits-padding - Inside the card.
 * @cssproperty --credits-radius - The card's corners.
 * @cssproperty --credits-radius-control - The corners of controls, and of rows as cards.
 */
export class CreditsGrantsTable extends DataElement<WidgetGrants> {
  static override properties: PropertyDeclarations = {
    status: {},
    category: {},
    sort: {},
    pageSize: { attribute: "page-size", type: Number },
    selectable: { type: Boolean },
  };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** Grants of this status only. */
  declare status: GrantStatus | undefined;
  /** Grants of this category only: `paid`, `recurring` or `promo`. */
  declare category: GrantCategory | undefined;
  /** The order, such as `expiresAt`, or `-expiresAt` the other way round; the newest first without it. */
  declare sort: GrantOrder | undefined;
  /** Rows on a page: 10 (without it), 25, 50 or 100. */
  declare pageSize: number | undefined;
  /** Rows have a button, which raises `credits-grant-select`. */
  declare selectable: boolean;

  /** Where in which list the person is; another list begins at its beginning. */
  #place: { list: string; cursor: string; page: number } | undefined;
  #customer: string | undefined;
  #isMissing = false;
  #isStyled = false;
  #download: AbortController | undefined;
  #notice = "";
  /** A person chose something, and does not know yet what became of it. */
  #isAwaited = false;
  #spoken = "";

  constructor() {
    super();
    this.selectable = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#download?.abort();
  }

  override get topics(): Topics<WidgetGrants> {
    return topics;
  }

  override question(): Question<WidgetGrants> {
    const place = this.#here;
    const query: GrantsQuery = place ? { ...this.#list, cursor: place.cursor } : this.#list;
    return {
      key: JSON.stringify(query),
      ask: (options, signal) => read<WidgetGrants>(options, { path: "/widget/grants", query, signal }),
    };
  }

  override retry(): void {
    if (file) super.retry();
    else void this.#load();
  }

  override hubChanged(state: HubState): void {
    const customer = state.type === "ready" ? state.pools.customerId : undefined;
    const isOther = customer !== undefined && this.#customer !== undefined && customer !== this.#customer;
    // A place in an earlier customer's list is none in another's, and its file is nobody's business.
    if (state.type === "loading" || isOther) {
      this.#place = undefined;
      this.#download?.abort();
      this.#notice = this.#spoken = "";
    }
    this.#customer = customer ?? this.#customer;
    super.hubChanged(state);
  }

  protected override renderContent(common: Translation) {
    const { state } = this;
    const texts = file?.grantsTableTexts(this.language, () => this.requestUpdate());
    if (this.#isMissing)
      return html`
        <div class="message" part="message">
          <p class="note">${common.offlineHint}</p>
          <button part="retry-button" @click=${() => this.retry()}>${common.retry}</button>
        </div>
      `;
    if (!file || !texts) return renderSkeleton(this.#choice.pageSize);
    const view = this.#viewOf({ common, texts });
    // What a person chose is said once when it has come; news that come by themselves are not.
    if (this.#isAwaited && state.type === "loaded" && !state.refreshing) {
      this.#isAwaited = false;
      this.#spoken = texts.shown(view.formats.amount(String(state.data.data.length)));
    }
    return file.renderCard(state, view, { spoken: this.#spoken, notice: this.#notice && texts.exportFailed });
  }

  protected override loaded(): void {
    this.dispatchEvent(new CreditsGrantsTableLoadEvent());
  }

  protected override failed(failure: { code: string; retryable: boolean }): void {
    this.dispatchEvent(new CreditsGrantsTableErrorEvent(failure));
  }

  /** What is chosen now: what was set, as far as it makes sense. */
  get #choice(): GrantsTableChoice {
    const { status, category, sort, pageSize } = this;
    return {
      status: STATUSES.find((one) => one === status),
      category: CATEGORIES.find((one) => one === category),
      sort: ORDERS.find((one) => one === sort) ?? DEFAULT_ORDER,
      pageSize: PAGE_SIZES.find((one) => one === pageSize) ?? 10,
    };
  }

  get #filters(): GrantFilters {
    const { status, category } = this.#choice;
    const { creditType: creditTypeId, resource: resourceId } = this;
    return { creditTypeId, resourceId, status: status && [status], category };
  }

  get #list(): GrantsQuery {
    const { sort, pageSize: limit } = this.#choice;
    return { ...this.#filters, sort, limit };
  }

  get #here() {
    return this.#place?.list === JSON.stringify(this.#list) ? this.#place : undefined;
  }

  #viewOf(words: Pick<GrantsView, "common" | "texts">): GrantsView {
    const { state, hideUnit, selectable, formats, fractionDigits, zone: timeZone } = this;
    const days = new Intl.DateTimeFormat(this.language.tag, { dateStyle: "medium", timeZone });
    return {
      ...{ ...words, formats, hideUnit, selectable, choice: this.#choice, page: this.#here?.page ?? 1 },
      creditTypes: state.type === "loaded" ? state.data.creditTypes : [],
      exporting: this.hub.hub && Boolean(this.#download),
      amount: (amount) => formats.amount(amount, fractionDigits),
      day: (atMs) => days.format(atMs),
      choose: (change) => this.#choose(change),
      turn: (cursor, page) => {
        this.#place = { list: JSON.stringify(this.#list), cursor, page };
        this.#isAwaited = true;
        this.requestUpdate();
      },
      select: (grant) => this.dispatchEvent(new CreditsGrantSelectEvent({ grant })),
      exportCsv: () => void this.#export(),
      retry: () => this.retry(),
    };
  }

  #choose(change: Partial<GrantsTableChoice>): void {
    Object.assign(this, change);
    this.#place = undefined;
    this.#isAwaited = true;
    this.dispatchEvent(new CreditsGrantsTableChangeEvent(this.#choice));
  }

  async #load(): Promise<void> {
    this.#isMissing = false;
    try {
      file ??= await import("./panel.ts");
      sheet ??= styleSheet(file.panelStyles);
      const { renderRoot } = this;
      if (!this.#isStyled && renderRoot instanceof ShadowRoot) renderRoot.adoptedStyleSheets.push(sheet);
      this.#isStyled = true;
    } catch {
      this.#isMissing = true;
    }
    this.requestUpdate();
  }

  async #export(): Promise<void> {
    const { hub } = this.hub;
    if (!hub || this.#download) return;
    const download = (this.#download = new AbortController());
    const { signal } = download;
    this.#notice = "";
    this.requestUpdate();
    try {
      const { exportGrants } = await import("./export.ts");
      await exportGrants(hub, { filters: this.#filters, signal, name: "grants.csv" });
    } catch {
      if (!signal.aborted) this.#notice = "failed";
    }
    if (this.#download === download) this.#download = undefined;
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-grants-table": CreditsGrantsTable;
  }
}
