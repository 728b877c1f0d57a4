import type {
  LedgerFilters,
  LedgerGrouping,
  WidgetLedger,
  WidgetLedgerEntry,
} from "@credits-kit/client/widget";
import type { PropertyDeclarations, PropertyValues } from "lit";
import { Topics } from "../feed/topics.ts";
import { ListElement, type ListKind } from "../list/list-element.ts";
import type { ListView } from "../list/list-view.ts";
import { renderControls, renderPick } from "../list/render-controls.ts";
import { english } from "../locales/ledger/en.ts";
import { LazyTexts } from "../ui/lazy-texts.ts";
import {
  CreditsGrantRequestEvent,
  CreditsLedgerChangeEvent,
  CreditsLedgerErrorEvent,
  CreditsLedgerLoadEvent,
  type LedgerChoice,
} from "./credits-ledger.events.ts";
import { styles } from "./credits-ledger.styles.ts";
import { type EntryType, GROUPINGS, TYPES } from "./credits-ledger.types.ts";
import type { LedgerView, LedgerWords } from "./ledger-view.ts";
import { renderTable } from "./render-table.ts";

const topics = new Topics<WidgetLedger>();

const translations = new LazyTexts<LedgerWords>(english, {
  ar: () => import("../locales/ledger/ar.ts"),
  de: () => import("../locales/ledger/de.ts"),
  es: () => import("../locales/ledger/es.ts"),
  fr: () => import("../locales/ledger/fr.ts"),
  ja: () => import("../locales/ledger/ja.ts"),
});

/**
 * @tag credits-ledger
 * @summary Shows every movement of a customer's credits: when, why, how much, and the balance after it.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. In a narrow place rows become cards.
 *
 * @status stable
 * @since 0.1.0
 *
 * @event {CreditsLedgerChangeEvent} credits-ledger-change - A person chose a filter, a grouping or a page size.
 * @event {CreditsLedgerLoadEvent} credits-ledger-load - Entries are shown for the first time, or again after an error.
 * @event {CreditsLedgerErrorEvent} credits-ledger-error - Entries cannot be shown; `detail.code` tells why.
 * @event {CreditsGrantRequestEvent} credits-grant-request - The grant of an entry was pressed; cancelable: without that, its entries are shown.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - The card.
 * @csspart title - The heading.
 * @csspart controls - Filters and export.
 * @csspart type-filter - The choice of a type.
 * @csspart filters-button - "Filter and group".
 * @csspart filters - The form that it opens.
 * @csspart date - A date of the form.
 * @csspart source-filter - The choice of a source.
 * @csspart feature-filter - The choice of a feature.
 * @csspart user-filter - The field of a user.
 * @csspart grant-filter - The choice that leads back from the entries of one grant.
 * @csspart group-by - The choice of groups.
 * @csspart clear-button - "Clear filters".
 * @csspart export-button - "Export CSV".
 * @csspart notice - That a file could not be made, or the form did not come.
 * @csspart covers - What subtotals are of.
 * @csspart table - The table.
 * @csspart group - What rows have in common, above them.
 * @csspart group-button - Its name, which leads to its rows alone.
 * @csspart subtotal - The subtotal of a group.
 * @csspart row - An entry.
 * @csspart delta - What it changed.
 * @csspart balance - The balance after it.
 * @csspart grant-button - The way to the grant that it is about.
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
 * @cssproperty --credits-surface-sunken - Behind the form and the names of groups.
 * @cssproperty --credits-border - Hairlines.
 * @cssproperty --credits-text - Text.
 * @cssproperty --credits-text-muted - Captions and the names of columns.
 * @cssproperty --credits-accent - The focus ring.
 * @cssproperty --credits-accent-soft - Behind the symbol of a message.
 * @cssproperty --credits-positive - What came in.
 * @cssproperty --credits-danger - What failed.
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
export class CreditsLedger extends ListElement<WidgetLedger, LedgerChoice, LedgerWords, LedgerView> {
  static override properties: PropertyDeclarations = { type: {}, feature: {}, user: {}, grant: {} };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** Entries of this type only, such as `consumed`. */
  declare type: EntryType | undefined;
  /** Entries of this feature only, by its id. */
  declare feature: string | undefined;
  /** Entries of this user of the customer only. */
  declare user: string | undefined;
  /** Entries of this grant only. */
  declare grant: string | undefined;
  /** What entries are grouped by: `day`, `type`, `source`, `feature` or `user`. */
  declare groupBy: LedgerGrouping | undefined;

  protected override readonly kind: ListKind<LedgerChoice, LedgerWords> = {
    ...{ name: "ledger", words: "ledger", translations },
    filters: ["type", "source", "feature", "user", "grant", "from", "to"],
    shown: ["type"],
  };

  override get topics(): Topics<WidgetLedger> {
    return topics;
  }

  protected override get choice(): LedgerChoice {
    const { type, source, feature, user, grant, from, to, groupBy } = this;
    return {
      type: TYPES.find((one) => one === type),
      ...{ source, feature, user, grant, from, to },
      groupBy: GROUPINGS.find((one) => one === groupBy),
      pageSize: this.rows,
    };
  }

  protected override filtersOf(choice: LedgerChoice): LedgerFilters {
    const { type, source, feature: featureId, user: userId, grant: grantId } = choice;
    const { creditType: creditTypeId, resource: resourceId } = this;
    return { creditTypeId, resourceId, type, source, featureId, userId, grantId };
  }

  protected override arrangementOf({ groupBy }: LedgerChoice): object {
    return { groupBy, timeZone: groupBy === "day" ? this.zone : undefined };
  }

  protected override viewOf(view: ListView<LedgerChoice, LedgerWords, WidgetLedger>): LedgerView {
    const { lang, zone: timeZone, choice, amount, creditTypes } = view;
    const dateStyle = choice.groupBy === "day" ? undefined : "medium";
    const times = new Intl.DateTimeFormat(lang, { dateStyle, timeStyle: "short", timeZone });
    return {
      ...view,
      hasUnits: creditTypes.length > 1 && !this.creditType,
      creditTypeId: this.creditType ?? creditTypes[0]?.id ?? "",
      time: (atMs) => times.format(atMs),
      // Where signs stand, and between which marks, is what a language does with a minus.
      signed: (decimal) =>
        /^[^-]*[1-9]/.test(decimal) ? amount(`-${decimal}`).replace(/[-\u2212]/, "+") : amount(decimal),
      request: (grantId, entry) => this.#request(grantId, entry),
    };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { shadowRoot: root } = this;
    // What was pressed may go with the rows that it is in: the keyboard goes on from their successors.
    if (root?.activeElement)
      void this.updateComplete.then(() => {
        const stops = root.querySelectorAll<HTMLElement>("[part=filters-button],[part=table]");
        if (!root.activeElement) [...stops].at(-1)?.focus();
      });
  }

  protected override renderControls(view: LedgerView) {
    const { texts, choice, choose } = view;
    const types = renderPick<EntryType | undefined>({
      part: "type-filter",
      label: texts.columns.type,
      values: [undefined, ...TYPES],
      value: choice.type,
      write: (one) => (one ? texts.types[one] : texts.allTypes),
      choose: (type) => choose({ type }),
    });
    return renderControls(types, view);
  }

  protected override renderTable(ledger: WidgetLedger, view: LedgerView) {
    return renderTable(ledger, view);
  }

  protected override async loadRefinement() {
    const { LedgerRefinement } = await import("./refine.ts");
    return new LedgerRefinement(this, this.hub);
  }

  protected override chosen(choice: LedgerChoice): void {
    this.dispatchEvent(new CreditsLedgerChangeEvent(choice));
  }

  protected override loaded(): void {
    this.dispatchEvent(new CreditsLedgerLoadEvent());
  }

  protected override failed(failure: { code: string; retryable: boolean }): void {
    this.dispatchEvent(new CreditsLedgerErrorEvent(failure));
  }

  #request(grantId: string, entry: WidgetLedgerEntry): void {
    const isShownHere = this.dispatchEvent(new CreditsGrantRequestEvent({ grantId, entry }));
    if (isShownHere) this.choose({ grant: grantId });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-ledger": CreditsLedger;
  }
}
