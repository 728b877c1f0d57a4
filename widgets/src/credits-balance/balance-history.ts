import type { WidgetBalance, WidgetLedger } from "@credits-kit/client/widget";
import { read } from "@credits-kit/client/widget/session";
import { nothing, type PropertyDeclarations, type PropertyValues } from "lit";
import { linkAddress } from "../paying/leave-page.ts";
import { apiErrorOf } from "../session/failure.ts";
import type { HubState } from "../session/hub.ts";
import { HubController } from "../session/hub-controller.ts";
import { SessionElement } from "../session/session-element.ts";
import { button } from "../ui/button.styles.ts";
import { styleSheet } from "../ui/css.ts";
import { defineElement } from "../ui/define-element.ts";
import { floating } from "../ui/floating.styles.ts";
import { Formats } from "../ui/formats.ts";
import { positive } from "../ui/positive.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";
import { CreditsHistoryRequestEvent } from "./credits-history.events.ts";
import { historyStyles } from "./history.styles.ts";
import { historyTexts } from "./history-texts.ts";
import { placeBeside } from "./place-beside.ts";
import { type HistoryState, MOST_ENTRIES, renderHistory } from "./render-history.ts";

/** How `resourceId` names the pool that has none. */
const NO_RESOURCE = "none";

/**
 * The latest entries of a pool, which float beside its sparkline. Asks once when it is opened, and is gone with the session.
 * @internal It is what `<credits-balance>` opens.
 */
export class BalanceHistory extends SessionElement {
  static override properties: PropertyDeclarations = {
    pool: { attribute: false },
    historyUrl: { attribute: false },
    timeZone: { attribute: false },
    fractionDigits: { attribute: false },
    entries: { state: true },
  };

  static override get styles(): CSSStyleSheet {
    return styleSheet(tokens, button, floating, positive, skeleton, historyStyles);
  }

  declare pool: WidgetBalance | undefined;
  declare historyUrl: string | undefined;
  declare timeZone: string | undefined;
  declare fractionDigits: number | null | undefined;
  declare entries: HistoryState;

  /** The button that it belongs to. */
  anchor: HTMLElement | undefined;
  readonly #hub = new HubController(this);
  #customerId: string | undefined;
  #asking: AbortController | undefined;
  #following: AbortController | undefined;
  #sizes: ResizeObserver | undefined;

  constructor() {
    super();
    this.entries = { type: "loading" };
  }

  /** Credits of another customer, and those that the session may no longer see, are not shown a moment longer. */
  hubChanged(state: HubState): void {
    if (state.type !== "ready") return this.#customerId === undefined ? undefined : this.close();
    const { customerId } = state.pools;
    if (this.#customerId === undefined) void this.#ask();
    else if (this.#customerId !== customerId) return this.close();
    this.#customerId = customerId;
  }

  /** Opens it beside its button, with the keyboard in it. */
  show(): void {
    const { anchor } = this;
    this.popover = "auto";
    this.tabIndex = 0;
    this.role = "dialog";
    this.addEventListener("toggle", (event) => this.#toggled(event));
    this.addEventListener("beforetoggle", ({ newState }) => {
      if (newState === "closed" && this.matches(":focus-within")) anchor?.focus();
    });
    this.showPopover();
    this.focus();
    anchor?.setAttribute("aria-expanded", "true");
    const { signal } = (this.#following = new AbortController());
    const place = () => anchor && placeBeside(this, anchor);
    for (const type of ["scroll", "resize"]) addEventListener(type, place, { signal, capture: true });
    this.#sizes = new ResizeObserver(place);
    this.#sizes.observe(this);
    place();
  }

  /** Gone at once, with the keyboard back at its button if it was here. */
  close(): void {
    if (!this.isConnected) return;
    this.hidePopover();
    this.remove();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
    this.#following?.abort();
    this.#sizes?.disconnect();
    this.entries = { type: "loading" };
    // The platform closed it without a word: when its balance is moved within the page it would stay, and never be seen.
    queueMicrotask(() => this.remove());
    const { anchor } = this;
    if (!anchor) return;
    anchor.removeAttribute("aria-expanded");
    if ("popoverTargetElement" in anchor) anchor.popoverTargetElement = null;
  }

  protected override render() {
    const texts = historyTexts(this.language);
    const { texts: common } = this.language;
    const { pool } = this;
    if (!texts || !common || !pool) return nothing;
    return renderHistory(this.entries, {
      pool,
      texts,
      common,
      formats: new Formats(this.language.tag, this.timeZone),
      moment: (at) => this.#moment(at),
      fractionDigits: this.fractionDigits,
      address: this.#address,
      onAll: (event) => this.#follow(event, pool),
      onRetry: () => void this.#ask(),
    });
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.ariaLabel = this.renderRoot.querySelector("h2")?.textContent ?? null;
  }

  get #address(): string | undefined {
    const { historyUrl } = this;
    return historyUrl && URL.canParse(historyUrl, document.baseURI)
      ? linkAddress(new URL(historyUrl, document.baseURI).href)
      : undefined;
  }

  #moment(at: string): string {
    const date = new Date(at);
    const write = (timeZone?: string) => {
      const [its, ours] = [date, new Date(Date.now())].map((day) =>
        day.toLocaleString("en", { year: "numeric", timeZone }),
      );
      const year = its === ours ? undefined : "numeric";
      const options = { year, month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
      return date.toLocaleString(this.language.tag, { ...options, timeZone });
    };
    try {
      return write(this.timeZone);
    } catch {
      return write();
    }
  }

  async #ask(): Promise<void> {
    const { pool } = this;
    const { hub } = this.#hub;
    if (!pool || !hub) return;
    this.#asking?.abort();
    const { signal } = (this.#asking = new AbortController());
    // A retry button that disappears would leave the keyboard nowhere.
    if (this.entries.type === "error") this.focus();
    this.entries = { type: "loading" };
    const { creditTypeId, resourceId } = pool;
    const query = { creditTypeId, resourceId: resourceId ?? NO_RESOURCE, limit: MOST_ENTRIES };
    try {
      const path = "/widget/ledger";
      const { data } = await hub.api.call((options) => read<WidgetLedger>(options, { path, query, signal }));
      if (!signal.aborted) this.entries = { type: "loaded", entries: data };
    } catch (error) {
      if (!signal.aborted) this.entries = { type: "error", code: apiErrorOf(error).code };
    }
  }

  #follow(event: Event, { creditTypeId, resourceId }: WidgetBalance): void {
    if (!this.dispatchEvent(new CreditsHistoryRequestEvent({ creditTypeId, resourceId })))
      event.preventDefault();
    this.hidePopover();
  }

  /** The button closes it by the platform's own way, from the moment that it is open: not with the press that opens it. */
  #toggled({ newState }: ToggleEvent): void {
    const { anchor } = this;
    if (newState === "closed") this.remove();
    else if (anchor && "popoverTargetElement" in anchor) anchor.popoverTargetElement = this;
  }
}

defineElement("credits-balance-history", BalanceHistory);

declare global {
  interface HTMLElementTagNameMap {
    "credits-balance-history": BalanceHistory;
  }
}
