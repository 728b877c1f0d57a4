import type { UsageInterval, WidgetForecast, WidgetUsage } from "@credits-kit/client/widget";
import { html, type PropertyDeclarations, type PropertyValues } from "lit";
import { DataElement } from "../feed/data-element.ts";
import type { Question } from "../feed/feed-state.ts";
import { Topics } from "../feed/topics.ts";
import type { HubState } from "../session/hub.ts";
import type { Translation } from "../ui/translation.ts";
import { CreditsUsageChartErrorEvent, CreditsUsageChartLoadEvent } from "./credits-usage-chart.events.ts";
import { styles } from "./credits-usage-chart.styles.ts";
import type { UsageChartView, UsageGrouping, UsageRange } from "./credits-usage-chart.types.ts";
import type * as PanelFile from "./panel.ts";
import { renderSkeleton } from "./render-skeleton.ts";

const topics = new Topics<WidgetUsage>();
/** All but the skeleton is a file of its own, which comes while the session is asked for. */
let file: typeof PanelFile | undefined;

/**
 * @tag credits-usage-chart
 * @summary Shows how credits were used over time: bars by feature, user or dimension, with a legend, a table and exports.
 *
 * Works alone (`session-url` or `fetchSession`) or inside `<credits-session>`. The picture itself is a file of its own.
 *
 * @status stable
 * @since 0.1.0
 *
 * @event {CreditsUsageChartChangeEvent} credits-usage-chart-change - A person chose another period, interval, breakdown or view.
 * @event {CreditsUsageChartLoadEvent} credits-usage-chart-load - Usage is shown for the first time, or again after an error.
 * @event {CreditsUsageChartErrorEvent} credits-usage-chart-error - Usage cannot be shown; `detail.code` tells why.
 * @event {CreditsSessionExpiredEvent} credits-session-expired - The `sessionToken` is over; set another one.
 *
 * @csspart base - The card.
 * @csspart title - The heading.
 * @csspart total - The figure.
 * @csspart change - How it compares with the period before.
 * @csspart controls - All controls.
 * @csspart range - The periods.
 * @csspart date - A date of a custom period.
 * @csspart group-by - The choice of what bars are told apart by.
 * @csspart interval - The choice of how long a bar is.
 * @csspart view - The choice of chart or table.
 * @csspart export - The menu of files.
 * @csspart export-button - A file of that menu.
 * @csspart plot - The picture.
 * @csspart tooltip - The card that tells a bar's parts.
 * @csspart legend - The list of series.
 * @csspart series - A series of that list.
 * @csspart compare-button - Shows and hides the period before.
 * @csspart table - The numbers.
 * @csspart message - Empty, error and no permission.
 * @csspart stale - "Updated 2 min ago".
 * @csspart skeleton - The stand-in while loading.
 * @csspart retry-button - The button "Retry".
 *
 * @cssproperty --credits-surface - Background.
 * @cssproperty --credits-surface-sunken - Behind the periods, the bar that is looked at and shares.
 * @cssproperty --credits-border - Hairlines and the grid.
 * @cssproperty --credits-text - Text.
 * @cssproperty --credits-text-muted - Captions, axes, the period before and what is expected.
 * @cssproperty --credits-accent - The focus ring.
 * @cssproperty --credits-accent-soft - Behind the symbol of a message.
 * @cssproperty --credits-series-1 - The colours of series, each for the keys that it belongs to.
 * @cssproperty --credits-series-2 - The second.
 * @cssproperty --credits-series-3 - The third.
 * @cssproperty --credits-series-4 - The fourth.
 * @cssproperty --credits-series-5 - The fifth.
 * @cssproperty --credits-series-6 - The sixth.
 * @cssproperty --credits-series-7 - The seventh.
 * @cssproperty --credits-series-8 - The eighth.
 * @cssproperty --credits-series-other - All the rest.
 * @cssproperty --credits-font-family - The page's font if not set.
 * @cssproperty --credits-padding - Inside the card.
 * @cssproperty --credits-radius - The card's corners.
 * @cssproperty --credits-radius-control - The controls' corners.
 * @cssproperty --credits-card-surface - The card's background, where menus and dialogs have another.
 * @cssproperty --credits-card-border - The card's border.
 * @cssproperty --credits-border-width - How wide hairlines are.
 * @cssproperty --credits-font-size - The page's size if not set.
 * @cssproperty --credits-control-height - Buttons and fields.
 * @cssproperty --credits-focus-ring - The outline of what has the focus.
 * @cssproperty --credits-shadow - Below what floats.
 */
export class CreditsUsageChart extends DataElement<WidgetUsage> {
  static override properties: PropertyDeclarations = {
    range: {},
    from: {},
    to: {},
    interval: {},
    groupBy: { attribute: "group-by" },
    dimensions: {},
    compare: {},
    view: {},
    top: { type: Number },
    forecast: { attribute: false },
  };

  static override get styles(): CSSStyleSheet {
    return styles();
  }

  /** Which time is shown; 30 days without it. */
  declare range: UsageRange | undefined;
  /** With `custom`: the first date, such as `2026-03-01`, or a moment. */
  declare from: string | undefined;
  /** With `custom`: the last date, or the moment before which it ends. */
  declare to: string | undefined;
  /** How long a bar is; by default what suits the range. More than 120 bars become weeks or months. */
  declare interval: UsageInterval | undefined;
  /** What bars are told apart by; by feature without it. */
  declare groupBy: UsageGrouping | undefined;
  /** Keys of tracked dimensions that people may choose, with spaces between. */
  declare dimensions: string | undefined;
  /** `off` leaves out the period before. */
  declare compare: "previous" | "off" | undefined;
  /** The picture, or its numbers. */
  declare view: UsageChartView | undefined;
  /** So many series, the largest; all others are one. 8 without it. */
  declare top: number | undefined;
  /** What is expected, drawn hatched. It follows the session by itself; set it with a `state` of your own. */
  declare forecast: WidgetForecast | undefined;

  #panel: PanelFile.Panel | undefined;
  #isMissing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  override get topics(): Topics<WidgetUsage> {
    return topics;
  }

  override question(): Question<WidgetUsage> | undefined {
    return this.#panel?.question();
  }

  override hubChanged(state: HubState): void {
    super.hubChanged(state);
    this.#panel?.hubChanged(state);
  }

  override retry(): void {
    if (!this.#panel) return void this.#load();
    super.retry();
    this.#panel.retry();
  }

  protected override renderContent(common: Translation) {
    if (this.#panel) return this.#panel.render(common);
    if (!this.#isMissing) return renderSkeleton(this.range === "custom");
    return html`
      <div class="message" part="message">
        <p class="note">${common.offlineHint}</p>
        <button part="retry-button" @click=${() => this.retry()}>${common.retry}</button>
      </div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#panel?.updated();
  }

  protected override loaded(): void {
    this.dispatchEvent(new CreditsUsageChartLoadEvent());
  }

  protected override failed(failure: { code: string; retryable: boolean }): void {
    this.dispatchEvent(new CreditsUsageChartErrorEvent(failure));
  }

  async #load(): Promise<void> {
    this.#isMissing = false;
    try {
      file ??= await import("./panel.ts");
    } catch {
      this.#isMissing = true;
    }
    const { hub, language } = this;
    if (file) this.#panel ??= new file.Panel(this, { hub, language, zoneOf: () => this.zone });
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "credits-usage-chart": CreditsUsageChart;
  }
}
