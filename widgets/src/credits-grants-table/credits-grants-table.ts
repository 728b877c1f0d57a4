import type { GrantFilters, WidgetGrant, WidgetGrants } from "@credits-kit/client/widget";
import type { PropertyDeclarations } from "lit";
import { Topics } from "../feed/topics.ts";
import { ListElement, type ListKind } from "../list/list-element.ts";
import type { ListView } from "../list/list-view.ts";
import { renderControls, renderPick } from "../list/render-controls.ts";
import { english } from "../locales/grants-table/en.ts";
import { LazyTexts } from "../ui/lazy-texts.ts";
import {
  CreditsGrantSelectEvent,
  CreditsGrantsTableChangeEvent,
  CreditsGrantsTableErrorEvent,
  CreditsGrantsTableLoadEvent,
  type GrantsTableChoice,
} from "./credits-grants-table.events.ts";
import { styles } from "./credits-grants-table.styles.ts";
import {
  ACTORS,
  CATEGORIES,
  DEFAULT_ORDER,
  type GrantActor,
  type GrantCategory,
  type GrantDate,
  type GrantGrouping,
  type GrantOrder,
  type GrantStatus,
  ORDERS,
  STATUSES,
} from "./credits-grants-table.types.ts";
import type { GrantsView, GrantsWords } from "./grants-view.ts";
import { renderTable } from "./render-table.ts";

const topics = new Topics<WidgetGrants>();

const translations = new LazyTexts<GrantsWords>(english, {
  ar: () => import("../locales/grants-table/ar.ts"),
  de: () => import("../locales/grants-table/de.ts"),
  es: () => import("../locales/grants-table/es.ts"),
  fr: () => import("../locales/grants-table/fr.ts"),
  ja: () => import("../locales/grants-table/ja.ts"),
});

/**
 * @tag credits-grants-table
 * @summary Shows the credits that a customer was granted: what is left of each, where it came from and when it expires.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. In a narrow place rows become cards.
 *
 * @status stable
 * @since 0.1.0
 *
 * @event {CreditsGrantsTableChangeEvent} credits-grants-table-change - A person chose a filter, an order, a grouping or a page size.
 * @event {CreditsGrantsTableLoadEvent} credits-grants-table-load - Grants are shown for the first time, or again after an error.
 * @event {CreditsGrantsTableErrorEvent} credits-grants-table-error - Grants cannot be shown; `detail.code` tells why.
 * @event {CreditsGrantSelectEvent} credits-grant-select - The button of a row was pressed; `detail.grant` is its grant.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - The card.
 * @csspart title - The heading.
 * @csspart controls - Filters, order and export.
 * @csspart status-filter - The choice of a status.
 * @csspart filters-button - "Filter and group".
 * @csspart filters - The form that it opens.
 * @csspart date-field - The choice of what dates are those of.
 * @csspart date - A date of the form.
 * @csspart source-filter - The choice of a source.
 * @csspart category-filter - The choice of a kind.
 * @csspart actor-filter - The choice of who granted.
 * @csspart group-by - The choice of groups.
 * @csspart clear-button - "Clear filters".
 * @csspart covers - What subtotals are of.
 * @csspart group - What rows have in common, above them.
 * @csspart subtotal - The subtotal of a group.
 * @csspart export-button - "Export CSV".
 * @csspart notice - That a file could not be made, or the form did not come.
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
 * @cssproperty --credits-card-surface - The card's background, where menus and dialogs have another.
 * @cssproperty --credits-card-border - The card's border.
 * @cssproperty --credits-border-width - How wide hairlines are.
 * @cssproperty --credits-font-size - The page's size if not set.
 * @cssproperty --credits-control-height - Buttons and fields.
 * @cssproperty --credits-focus-ring - The outline of what has the focus.
 */
export class CreditsGrantsTable extends ListElement<
  WidgetGrants,
  GrantsTableChoice,
  GrantsWords,
  GrantsView
> {
  static override properties: PropertyDeclarations = {
    status: {},
    category: {},
    actor: {},
    dateField: { attribute: "date-field" },
    sort: {},
    selectable: { type: Boolean },
  };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** Grants of this status only. */
  declare status: GrantStatus | undefined;
  /** Grants of this category only: `paid`, `recurring` or `promo`. */
  declare category: GrantCategory | undefined;
  /** Grants by `customer`, `host` or `system` only. */
  declare actor: GrantActor | undefined;
  /** What `from` and `to` are dates of: `createdAt` (without it), `effectiveAt` or `expiresAt`. */
  declare dateField: GrantDate | undefined;
  /** The order, such as `expiresAt`, or `-expiresAt` the other way round; the newest first without it. */
  declare sort: GrantOrder | undefined;
  /** What grants are grouped by: `status`, `category`, `source`, `creditType` or `day`. */
  declare groupBy: GrantGrouping | undefined;
  /** Rows have a button, which raises `credits-grant-select`. */
  declare selectable: boolean;

  protected override readonly kind: ListKind<GrantsTableChoice, GrantsWords> = {
    ...{ name: "grants", words: "grantsTable", translations },
    filters: ["status", "category", "source", "actor", "from", "to"],
    shown: ["status"],
  };

  constructor() {
    super();
    this.selectable = false;
  }

  override get topics(): Topics<WidgetGrants> {
    return topics;
  }

  protected override get choice(): GrantsTableChoice {
    const { status, category, actor, dateField, source, from, to, sort, groupBy } = this;
    return {
      status: STATUSES.find((one) => one === status),
      category: CATEGORIES.find((one) => one === category),
      actor: ACTORS.find((one) => one === actor),
      ...{ dateField, source, from, to },
      sort: ORDERS.find((one) => one === sort) ?? DEFAULT_ORDER,
      groupBy,
      pageSize: this.rows,
    };
  }

  protected override filtersOf({ status, category, actor, source }: GrantsTableChoice): GrantFilters {
    const { creditType: creditTypeId, resource: resourceId } = this;
    return { creditTypeId, resourceId, status: status && [status], category, actor, source };
  }

  protected override arrangementOf({ sort }: GrantsTableChoice): object {
    return { sort };
  }

  protected override viewOf(view: ListView<GrantsTableChoice, GrantsWords, WidgetGrants>): GrantsView {
    const select = (grant: WidgetGrant) => this.dispatchEvent(new CreditsGrantSelectEvent({ grant }));
    return { ...view, selectable: this.selectable, select };
  }

  protected override renderControls(view: GrantsView) {
    const { texts, choice, choose } = view;
    const statuses = renderPick<GrantStatus | undefined>({
      part: "status-filter",
      label: texts.columns.status,
      values: [undefined, ...STATUSES],
      value: choice.status,
      write: (one) => (one ? texts.statuses[one] : texts.allStatuses),
      choose: (status) => choose({ status }),
    });
    return renderControls(statuses, view);
  }

  protected override renderTable(grants: WidgetGrants, view: GrantsView) {
    return renderTable(grants, view);
  }

  protected override async loadRefinement() {
    return (await import("./refine.ts")).refinement;
  }

  protected override chosen(choice: GrantsTableChoice): void {
    this.dispatchEvent(new CreditsGrantsTableChangeEvent(choice));
  }

  protected override loaded(): void {
    this.dispatchEvent(new CreditsGrantsTableLoadEvent());
  }

  protected override failed(failure: { code: string; retryable: boolean }): void {
    this.dispatchEvent(new CreditsGrantsTableErrorEvent(failure));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-grants-table": CreditsGrantsTable;
  }
}
