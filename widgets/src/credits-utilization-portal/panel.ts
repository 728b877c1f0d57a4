// All of the element but its skeleton, which comes while the session is asked for.
import type { WidgetForecast } from "@credits-kit/client/widget";
import { html, nothing } from "lit";
import { forecastTopics } from "../feed/forecast-topics.ts";
import { renderFailed } from "../feed/render-state.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import { poolKey } from "../session/pool-store.ts";
import { styleSheet } from "../ui/css.ts";
import { micros } from "../ui/decimal.ts";
import { Formats } from "../ui/formats.ts";
import type { Language } from "../ui/language.ts";
import { balanceTexts } from "../ui/balance-texts.ts";
import type { Translation } from "../ui/translation.ts";
import { unitFor } from "../ui/unit.ts";
import { nextTab, openTab, shownTabs } from "./choose-tab.ts";
import { CreditsUtilizationPortalChangeEvent } from "./credits-utilization-portal.events.ts";
import type { PortalPart, PortalTab } from "./credits-utilization-portal.types.ts";
import { keepFocus } from "./keep-focus.ts";
import { LevelVoice } from "./level-voice.ts";
import { Overview } from "./overview.ts";
import { panelStyles } from "./panel.styles.ts";
import type { PortalHost } from "./portal-host.ts";
import type { PortalView } from "./portal-view.ts";
import { renderHeader } from "./render-header.ts";
import { renderSkeleton } from "./render-skeleton.ts";
import { centre, renderTabs } from "./render-tabs.ts";
import { ask, Source } from "./source.ts";
import { TabLink } from "./tab-link.ts";
import { Tabs } from "./tabs.ts";
import { portalTexts } from "./texts.ts";
import { closeDialogs, openPurchase, requestTopUp } from "./top-up.ts";

/** How `resource` names the pool that has none, here and on the wire. */
const NO_RESOURCE = "none";
let sheet: CSSStyleSheet | undefined;

/** What the element has from its bases, which are nobody else's business. */
export interface Means {
  hub: HubController;
  language: Language;
}

/** Everything of the element that is not its skeleton. */
export class Panel {
  hubState: HubState = { type: "loading" };
  readonly #host: PortalHost;
  readonly #means: Means;
  readonly #forecast: Source<WidgetForecast>;
  readonly #overview: Overview;
  readonly #tabs: Tabs;
  readonly #voice = new LevelVoice();
  readonly #link = new TabLink((tab) => this.#follow(tab));
  #customer: string | undefined;
  /** The pool that the person chose. */
  #chosen: string | undefined;
  #isStyled = false;
  #hasReturned = false;
  /** The tab that was scrolled to. */
  #centred = "";
  /** A file did not come. */
  #isMissing = false;

  constructor(host: PortalHost, means: Means) {
    this.#host = host;
    this.#means = means;
    const { hub } = means;
    const asked = {
      hub,
      poolOf: () => this.#onWire,
      isOpen: (part: PortalPart) => this.#tab === "overview" && !this.#isHidden(part),
      isPending: () => micros(this.#pool?.pending ?? "") > 0n,
    };
    this.#forecast = new Source(host, {
      hub,
      topics: forecastTopics,
      question: () => this.#onWire && ask("/widget/forecast", this.#onWire),
    });
    this.#overview = new Overview(host, asked);
    this.#tabs = new Tabs(host, { hub, isOpen: (tab) => this.#tab === tab });
  }

  get isLoading(): boolean {
    return this.hubState.type === "loading";
  }

  /** The element is on the page. */
  start(): void {
    const { renderRoot } = this.#host;
    sheet ??= styleSheet(panelStyles);
    if (!this.#isStyled && renderRoot instanceof ShadowRoot) renderRoot.adoptedStyleSheets.push(sheet);
    this.#isStyled = true;
  }

  stop(): void {
    this.#link.stop();
  }

  hubChanged(state: HubState): void {
    const customer = state.type === "ready" ? state.pools.customerId : undefined;
    const isOther = customer !== undefined && this.#customer !== undefined && customer !== this.#customer;
    // Nothing of an earlier customer stays: neither what is shown nor what a closed tab keeps.
    if (state.type === "loading" || isOther) {
      // First of all, since a dialog tells how it ended.
      closeDialogs(this.#host);
      this.#chosen = undefined;
      this.#voice.forget();
      this.#tabs.forget();
    }
    this.#customer = customer ?? this.#customer;
    this.hubState = state;
    for (const part of [this.#forecast, this.#overview, this.#tabs]) part.hubChanged(state);
  }

  retry(): void {
    this.#isMissing = false;
    if ("code" in this.hubState || ("stale" in this.hubState && this.hubState.stale))
      this.#means.hub.hub?.retry();
    this.#forecast.retry();
    this.#overview.retry();
  }

  updated(): void {
    const tab = this.#openTab;
    if (tab && tab.id !== this.#centred) centre(tab);
    this.#centred = tab?.id ?? "";
    const { linkTabs, isConnected } = this.#host;
    // Where an attribute is there without a value, it is the empty text; where it is not, it is null or nothing.
    this.#link.follow(isConnected && linkTabs != null ? linkTabs || "credits" : undefined);
    // The person comes back from a payment page.
    if (this.hubState.type !== "ready" || this.#hasReturned) return;
    this.#hasReturned = true;
    if (this.#canTopUp && location.search.includes("credits_top_up="))
      this.#load(() => openPurchase(this.#host));
    if (location.search.includes("credits_card_setup=")) this.#open("billing");
  }

  render(translation: Translation) {
    const common = balanceTexts(translation);
    const texts = portalTexts(this.#means.language);
    const state = this.hubState;
    if (!texts || state.type === "loading") return renderSkeleton(common.loading, this.#host.topUp !== "off");
    if ("code" in state) {
      const words = { ...common, error: texts.error };
      return html`<div class="section">
        ${renderFailed(state, { common, texts: words, retry: () => this.retry() })}
      </div>`;
    }
    const view = this.#viewOf({ common, texts, ready: state });
    const isMissing = this.#isMissing
      ? html`<p class="notice danger" part="notice" role="alert">${common.offlineHint}</p>`
      : nothing;
    return html`
      ${renderHeader(
        view,
        this.#forecast.data,
        renderTabs(view, (event) => this.#press(event, view)),
      )}
      ${isMissing} ${this.#renderPanel(view)}
      <div class="visually-hidden" role="status">${this.#voice.heard(view)}</div>
    `;
  }

  #renderPanel(view: PortalView) {
    const { tab } = view;
    if (!tab) return nothing;
    const content =
      tab === "overview" ? this.#overview.render(view, this.#forecast.state) : this.#tabs.render(tab, view);
    if (view.shown.length < 2) return html`<div class="panel" part="panel">${content}</div>`;
    return html`
      <div class="panel" part="panel" role="tabpanel" id="panel" aria-labelledby="tab-${tab}" tabindex="0">
        ${content}
      </div>
    `;
  }

  #viewOf(words: Pick<PortalView, "common" | "texts" | "ready">): PortalView {
    const { hideUnit, fractionDigits, timeZone } = this.#host;
    const { tag: lang } = this.#means.language;
    const formats = new Formats(lang, timeZone);
    const amount = (decimal: string) => formats.amount(decimal, fractionDigits);
    const pool = this.#pool;
    return {
      ...{ ...words, formats, lang, timeZone: this.#zone, pool, pools: this.#pools, amount },
      ...{ shown: this.#shown, tab: this.#tab, canTopUp: this.#canTopUp },
      isHidden: (part) => this.#isHidden(part),
      withUnit: (decimal) =>
        pool && !hideUnit ? `${amount(decimal)} ${unitFor(decimal, pool.unit)}` : amount(decimal),
      day: (atMs, options = { dateStyle: "medium" }) =>
        new Intl.DateTimeFormat(lang, { ...options, timeZone: this.#zone }).format(atMs),
      open: (tab) => {
        this.#open(tab, true);
        void keepFocus(this.#host, () => this.#openTab);
      },
      choosePool: (key) => {
        this.#chosen = key;
        this.#host.requestUpdate();
      },
      topUp: () => {
        const detail = {
          creditTypeId: pool?.creditTypeId ?? this.#host.creditType,
          resourceId: pool?.resourceId ?? null,
        };
        if (requestTopUp(this.#host, detail)) this.#load(() => openPurchase(this.#host, detail));
      },
      retry: () => this.retry(),
      requestUpdate: () => this.#host.requestUpdate(),
    };
  }

  #isHidden(part: PortalPart): boolean {
    return this.#host.hide?.split(/\s+/).includes(part) ?? false;
  }

  get #shown(): PortalTab[] {
    return shownTabs((tab) => this.#isHidden(tab));
  }

  get #tab(): PortalTab | undefined {
    return openTab(this.#host.tab, this.#shown);
  }

  /** The time zone of its days: as told if there is such a one, else the person's own. */
  get #zone(): string | undefined {
    const { timeZone } = this.#host;
    try {
      return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
    } catch {
      return new Intl.DateTimeFormat().resolvedOptions().timeZone;
    }
  }

  get #pools() {
    const { creditType, resource } = this.#host;
    const state = this.hubState;
    if (state.type !== "ready") return [];
    return state.pools.balances.filter(
      (pool) =>
        (!creditType || creditType === pool.creditTypeId) &&
        (!resource || resource === (pool.resourceId ?? NO_RESOURCE)),
    );
  }

  get #pool() {
    return this.#pools.find((pool) => poolKey(pool) === this.#chosen) ?? this.#pools[0];
  }

  get #canTopUp(): boolean {
    return this.#host.topUp !== "off" && this.hubState.type === "ready" && this.hubState.pools.canTopUp;
  }

  /** The pool as questions name it. */
  get #onWire() {
    const pool = this.#pool;
    if (!pool) return undefined;
    const { creditTypeId, resourceId } = pool;
    return { creditTypeId, resourceId: resourceId ?? NO_RESOURCE, timeZone: this.#zone };
  }

  #press(event: KeyboardEvent, { tab: from, shown }: PortalView): void {
    const { currentTarget, key, altKey, ctrlKey, metaKey, shiftKey } = event;
    // With these, keys are the browser's own: back in its history, say.
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    if (!from || !(currentTarget instanceof HTMLElement)) return;
    const isRtl = getComputedStyle(currentTarget).direction === "rtl";
    const tab = nextTab(key, { from, shown, isRtl });
    if (!tab) return;
    event.preventDefault();
    this.#open(tab, true);
    void this.#host.updateComplete.then(() => this.#openTab?.focus());
  }

  get #openTab(): HTMLElement | null {
    return this.#host.renderRoot.querySelector("[aria-selected=true]");
  }

  /** The address names a tab. */
  #follow(tab: string): void {
    const known = this.#shown.find((one) => one === tab);
    if (known) this.#open(known);
  }

  /** Opens a tab. A person's own choice is told, and kept in the address. */
  #open(tab: PortalTab, isChosen = false): void {
    if (tab !== this.#tab) {
      this.#host.tab = tab;
      if (isChosen) this.#host.dispatchEvent(new CreditsUtilizationPortalChangeEvent({ tab }));
    }
    if (isChosen) this.#link.write(tab);
  }

  #load(act: () => Promise<void>): void {
    this.#isMissing = false;
    void act()
      .catch(() => {
        this.#isMissing = true;
      })
      .then(() => this.#host.requestUpdate());
  }
}
