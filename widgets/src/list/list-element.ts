import { read } from "@credits-kit/client/widget/session";
import type { PropertyDeclarations } from "lit";
import { DataElement } from "../feed/data-element.ts";
import type { Question } from "../feed/feed-state.ts";
import type { HubState } from "../session/hub.ts";
import type { LazyTexts } from "../ui/lazy-texts.ts";
import type { Translation } from "../ui/translation.ts";
import { unitFor } from "../ui/unit.ts";
import type { ListTexts } from "./list-texts.ts";
import type { ListChoice, ListPage, ListView } from "./list-view.ts";
import type { Refinement } from "./refinement.ts";
import { outcomeOf } from "./outcome.ts";
import { renderCard } from "./render-card.ts";
import { PAGE_SIZES } from "./render-controls.ts";
import { renderSkeleton } from "./render-skeleton.ts";

/** What a list is made of. `Own` is what its drawing functions need besides. */
export interface ListKind<Choice, Texts extends object> {
  /** What is listed, as the API and files are called. */
  name: "grants" | "ledger";
  /** Where a page has its own words. */
  words: "grantsTable" | "ledger";
  translations: LazyTexts<Texts>;
  /** All filters, and those of them that are in the controls. */
  filters: readonly (keyof Choice)[];
  shown: readonly (keyof Choice)[];
}

const OFFLINE = { type: "error", code: "network_failed", retryable: true, retrying: false } as const;

/** An element that lists rows of the API, page by page, filtered, grouped, and all of them as a file. */
export abstract class ListElement<
  Data extends ListPage,
  Choice extends ListChoice,
  Texts extends ListTexts,
  View extends ListView<Choice, Texts, Data>,
> extends DataElement<Data> {
  static override properties: PropertyDeclarations = {
    source: {},
    from: {},
    to: {},
    groupBy: { attribute: "group-by" },
    pageSize: { attribute: "page-size", type: Number },
  };

  /** Rows on a page: 10 (without it), 25, 50 or 100. */
  declare pageSize: number | undefined;
  /** Rows of this kind of source only, such as `top_up`. */
  declare source: string | undefined;
  /** From this date on, or this moment (RFC 3339). */
  declare from: string | undefined;
  /** Until this date, which is included, or this moment, which is not. */
  declare to: string | undefined;

  /** Where in which list the person is; another list begins at its beginning. */
  #place: { list: string; cursor: string; page: number } | undefined;
  #customer: string | undefined;
  /** Takes back what the person chose, the last choice first: a customer's choices are not the next one's. */
  readonly #undo: (() => unknown)[] = [];
  #download: AbortController | undefined;
  #notice = "";
  /** What became of what a person chose; nothing while that is awaited. News that come by themselves are not said. */
  #spoken: string | undefined = "";
  #refinement: Refinement<Data, View, Choice> | undefined;
  #isRefining = false;
  /** @internal Whether the form of filters and groups is open. */
  isFormOpen = false;

  protected abstract readonly kind: ListKind<Choice, Texts>;
  /** What is chosen now: what was set, as far as it makes sense. */
  protected abstract get choice(): Choice;
  /** What the choice is to the API, without pages. */
  protected abstract filtersOf(choice: Choice): object;
  /** What else a page is asked with. */
  protected abstract arrangementOf(choice: Choice): object;
  protected abstract viewOf(view: ListView<Choice, Texts, Data>): View;
  protected abstract renderControls(view: View): unknown;
  protected abstract renderTable(data: Data, view: View): unknown;
  protected abstract loadRefinement(): Promise<Refinement<Data, View, Choice>>;
  /** A person chose something. */
  protected abstract chosen(choice: Choice): void;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#download?.abort();
  }

  override question(): Question<Data> | undefined {
    if (this.#lacksDates) return undefined;
    const query = { ...this.#query, cursor: this.#here?.cursor };
    return {
      key: JSON.stringify(query),
      ask: (options, signal) => read<Data>(options, { path: `/widget/${this.kind.name}`, query, signal }),
    };
  }

  override retry(): void {
    this.#notice = "";
    if (this.state.type === "error") this.#spoken = undefined;
    this.requestUpdate();
    super.retry();
  }

  override hubChanged(state: HubState): void {
    const { held, config } = this.hub.hub?.tokens ?? {};
    const customer = state.type === "ready" ? state.pools.customerId : (held?.customerId ?? config?.customer);
    const isOther = customer && this.#customer && customer !== this.#customer;
    if (state.type === "loading" || isOther) this.#forget();
    // Nobody knows at first who a new session is of.
    if (isOther) this.#undo.splice(0).forEach((undo) => undo());
    this.#customer = customer ?? this.#customer;
    super.hubChanged(state);
    this.#refinement?.hubChanged?.(state);
  }

  protected override renderContent(common: Translation) {
    const { state, choice, language, kind } = this;
    if (choice.from ?? choice.to ?? choice.groupBy) this.#refine();
    const texts = language.of(kind.words, kind.translations);
    if (!texts) return renderSkeleton(choice.pageSize);
    const view = this.viewOf(this.#viewOf(common, texts));
    this.#spoken ??= outcomeOf(state, view);
    const refinement = this.#refinement;
    const { data } = view;
    if (choice.groupBy && data) view.grouped = refinement?.renderGroups(data, view);
    // Without the file of the dates that a page set there is no question: rows of another one are not its answer.
    const instead = this.#notice ? OFFLINE : ({ type: "loading" } as const);
    return renderCard(this.#lacksDates ? instead : state, view, {
      renderControls: () => this.renderControls(view),
      renderForm: () => refinement?.render(view),
      renderTable: (shown) => this.renderTable(shown, view),
      spoken: this.#spoken,
      notice: this.#notice,
    });
  }

  protected choose(change: Partial<Choice>): void {
    if (Object.entries(change).every(([name, picked]) => Reflect.get(this, name) === picked)) return;
    for (const [name, picked] of Object.entries(change)) {
      const before: unknown = Reflect.get(this, name);
      // What the page has set since stays.
      this.#undo.unshift(() => Reflect.get(this, name) === picked && Reflect.set(this, name, before));
    }
    Object.assign(this, change);
    this.#place = undefined;
    this.#spoken = undefined;
    this.chosen(this.choice);
  }

  protected get rows(): number {
    return PAGE_SIZES.find((one) => one === this.pageSize) ?? 10;
  }

  /** What the dates that are set are to the API is in a file that is not here yet. */
  get #lacksDates() {
    const { from, to } = this.choice;
    return !this.#refinement && (from ?? to);
  }

  get #filters(): object {
    const { choice, zone } = this;
    return { ...this.filtersOf(choice), ...this.#refinement?.spanOf(choice, zone) };
  }

  get #query(): object {
    return { ...this.#filters, ...this.arrangementOf(this.choice), limit: this.rows };
  }

  get #here() {
    return this.#place?.list === JSON.stringify(this.#query) ? this.#place : undefined;
  }

  /** A place in an earlier customer's list is none in another's, and what they looked for is nobody's business. */
  #forget(): void {
    this.#place = undefined;
    this.#download?.abort();
    this.#notice = this.#spoken = "";
    this.isFormOpen = false;
  }

  #viewOf(common: Translation, texts: Texts): ListView<Choice, Texts, Data> {
    const { state, choice, kind, hideUnit, formats, fractionDigits, zone } = this;
    const { tag: lang } = this.language;
    const days = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: zone });
    const data = state.type === "loaded" ? state.data : undefined;
    const { creditTypes = [] } = data ?? {};
    const amount = (decimal: string) => formats.amount(decimal, fractionDigits);
    const { filters } = kind;
    const isWaiting = state.type === "loaded" && state.refreshing === true;
    return {
      ...{ common, texts, formats, lang, zone, choice, data, creditTypes, amount },
      ...{ isWaiting, grouped: undefined },
      page: this.#here?.page ?? 1,
      exporting: this.hub.hub && Boolean(this.#download),
      filterNames: filters,
      hiddenFilters: filters.filter((name) => choice[name] && !kind.shown.includes(name)).length,
      isFiltered: filters.some((name) => choice[name]),
      isFormOpen: this.isFormOpen,
      withUnit: (figures, decimal, creditTypeId) => {
        const unit = creditTypes.find(({ id }) => id === creditTypeId)?.unit;
        return unit && !hideUnit ? `${figures} ${unitFor(decimal, unit)}` : figures;
      },
      count: (number) => formats.amount(String(number)),
      day: (atMs) => days.format(atMs),
      choose: (change) => this.choose(change),
      turn: (cursor, page) => {
        // The first page is the one that has what is new.
        this.#place = page === 1 ? undefined : { list: JSON.stringify(this.#query), cursor, page };
        this.#spoken = undefined;
        this.requestUpdate();
      },
      toggleForm: () => {
        this.isFormOpen = !this.isFormOpen;
        this.#notice = "";
        this.requestUpdate();
        this.#refine();
      },
      exportCsv: () => void this.#export(texts),
      retry: () => this.retry(),
    };
  }

  #refine(): void {
    if (this.#refinement || this.#notice || this.#isRefining) return;
    this.#isRefining = true;
    void this.loadRefinement()
      .then((refinement) => {
        this.#refinement = refinement;
        if (this.renderRoot instanceof ShadowRoot) this.renderRoot.adoptedStyleSheets.push(refinement.sheet);
      })
      .catch(() => {
        this.isFormOpen = false;
        this.#notice = this.language.texts?.offlineHint ?? "";
      })
      .finally(() => {
        this.#isRefining = false;
        this.requestUpdate();
      });
  }

  async #export(texts: Texts): Promise<void> {
    const { hub } = this.hub;
    if (!hub || this.#download || this.#lacksDates) return;
    const download = (this.#download = new AbortController());
    const { signal } = download;
    this.#notice = "";
    this.requestUpdate();
    try {
      const { exportList } = await import("./export.ts");
      await exportList(hub, { list: this.kind.name, filters: this.#filters, signal });
    } catch {
      if (!signal.aborted) this.#notice = texts.exportFailed;
    }
    if (this.#download === download) this.#download = undefined;
    this.requestUpdate();
  }
}
