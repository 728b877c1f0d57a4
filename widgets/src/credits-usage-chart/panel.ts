import type { WidgetForecast, WidgetUsage } from "@credits-kit/client/widget";
import { nothing } from "lit";
import type { PlotView } from "../chart/plot-view.ts";
import type { Question } from "../feed/feed-state.ts";
import type { HubState } from "../session/hub.ts";
import type { HubController } from "../session/hub-controller.ts";
import { styleSheet } from "../ui/css.ts";
import { Formats } from "../ui/formats.ts";
import type { Language } from "../ui/language.ts";
import type { Translation } from "../ui/translation.ts";
import { unitFor } from "../ui/unit.ts";
import type { UsageChartTexts } from "../ui/usage-chart-texts.ts";
import type { ChartView, Drawn } from "./chart-view.ts";
import { CreditsUsageChartChangeEvent, type UsageChartChoice } from "./credits-usage-chart.events.ts";
import { RANGES, type UsageGrouping } from "./credits-usage-chart.types.ts";
import { Drawing } from "./drawing.ts";
import { lengthOf, namesOf, spanName } from "./dates.ts";
import { isEmpty, modelOf } from "./model.ts";
import type { PanelHost } from "./panel-host.ts";
import { panelStyles } from "./panel.styles.ts";
import { plotOf } from "./plot-of.ts";
import { askForecast, askUsage, forecastFeed } from "./questions.ts";
import { dateOf, nextStart, spanOf } from "./ranges.ts";
import { Readers } from "./readers.ts";
import { renderCard } from "./render-card.ts";
import { renderTable } from "./render-table.ts";
import { usageChartTexts } from "./texts.ts";

let sheet: CSSStyleSheet | undefined;

/** What the element has from its bases, which are nobody else's business. */
interface Means {
  hub: HubController;
  language: Language;
  zoneOf(): string;
}

/** Everything of the element that is not its skeleton: what it asks, what it draws and what people can do. */
export class Panel {
  readonly #host: PanelHost;
  readonly #means: Means;
  readonly #forecasts;
  readonly #drawing: Drawing;
  readonly #readers: Readers;
  #plotted: PlotView | undefined;
  #view: ChartView | undefined;
  #dates = { from: "", to: "" };
  /** The series that is shown alone. */
  #picked: string | undefined;
  /** A person chose something, and does not see yet what became of it. */
  #isAwaited = false;

  constructor(host: PanelHost, means: Means) {
    this.#host = host;
    this.#means = means;
    this.#forecasts = forecastFeed(host, { hub: means.hub, question: () => this.#forecastQuestion() });
    this.#drawing = new Drawing(host);
    this.#readers = new Readers(host.renderRoot);
    sheet ??= styleSheet(panelStyles);
    if (host.renderRoot instanceof ShadowRoot) host.renderRoot.adoptedStyleSheets.push(sheet);
  }

  hubChanged(state: HubState): void {
    this.#forecasts.hubChanged(state);
  }

  retry(): void {
    this.#drawing.retry();
  }

  question(): Question<WidgetUsage> {
    const { creditType, resource, top } = this.#host;
    const timeZone = this.#means.zoneOf();
    const { groupBy, compare, ...choice } = this.#choice;
    const { from, to, interval } = spanOf(choice, timeZone);
    return askUsage({
      creditTypeId: creditType,
      resourceId: resource,
      groupBy: groupBy === "none" ? undefined : [groupBy],
      compare: compare === "off" ? undefined : compare,
      ...{ from, to, interval, timeZone, top },
    });
  }

  render(common: Translation) {
    const texts = usageChartTexts(this.#means.language);
    this.#view = texts && this.#viewOf(common, texts);
    const { state } = this.#host;
    // What a person chose is said once when it has come; news that come by themselves are not.
    const isThere = state.type === "loaded" && !state.refreshing;
    const spoken = this.#isAwaited && isThere ? this.#view?.drawn?.spoken : undefined;
    if (spoken) this.#isAwaited = false;
    return texts && this.#view ? renderCard(state, this.#view, spoken) : nothing;
  }

  updated(): void {
    const drawing = this.#drawing.update(this.#plotted);
    const view = this.#view;
    this.#readers.update(view?.drawn && renderTable(view.drawn, view), drawing);
  }

  /** What is chosen now: what was set, as far as it makes sense. */
  get #choice(): UsageChartChoice {
    const { range, from, to, interval, groupBy = "feature", compare, view } = this.#host;
    return {
      range: RANGES.find((one) => one === range) ?? "30d",
      ...{ from, to, interval, groupBy },
      view: view === "table" ? view : "chart",
      compare: compare === "off" ? compare : "previous",
    };
  }

  /** Nothing where a forecast would have no bar to stand on. */
  #forecastQuestion(): Question<WidgetForecast> | undefined {
    const { creditType, resource } = this.#host;
    const timeZone = this.#means.zoneOf();
    const choice = this.#choice;
    if (choice.view === "table" || spanOf(choice, timeZone).interval === "hour") return undefined;
    return askForecast({ creditTypeId: creditType, resourceId: resource, timeZone });
  }

  #viewOf(common: Translation, texts: UsageChartTexts): ChartView {
    const { state, hideUnit, fractionDigits, timeZone } = this.#host;
    const { tag: lang } = this.#means.language;
    const zone = this.#means.zoneOf();
    const choice = this.#choice;
    const { interval, intervals, from, to } = spanOf(choice, zone);
    const formats = new Formats(lang, timeZone);
    const usage = state.type === "loaded" ? state.data : undefined;
    const unit = usage?.creditType?.unit;
    const amount = (decimal: string) => formats.amount(decimal, fractionDigits);
    const amountWithUnit = (decimal: string) =>
      unit && !hideUnit ? `${amount(decimal)} ${unitFor(decimal, unit)}` : amount(decimal);
    const drawn = usage && this.#draw(usage, { texts, lang, amountWithUnit });
    this.#dates = this.#datesOf(usage ?? { from, to }, zone);
    const view: ChartView = {
      ...{
        common,
        texts,
        formats,
        lang,
        choice,
        interval,
        intervals,
        drawn,
        hideUnit,
        amount,
        amountWithUnit,
      },
      groupings: this.#groupings(),
      dates: this.#dates,
      noDrawing: this.#drawing.failed,
      isLoading: state.type === "loading",
      refreshing: state.type === "loaded" && state.refreshing === true,
      choose: (change) => this.#choose(change),
      pick: (id) => this.#pick(id),
      exportAs: (format) => void this.#export(format),
      retry: () => this.#host.retry(),
    };
    const isPlotted = drawn && !drawn.isEmpty && choice.view === "chart";
    this.#plotted = isPlotted ? plotOf(view, drawn) : undefined;
    return view;
  }

  #draw(
    usage: WidgetUsage,
    { texts, lang, amountWithUnit }: Pick<ChartView, "texts" | "lang" | "amountWithUnit">,
  ): Drawn {
    const { range, compare } = this.#choice;
    const { interval, timeZone } = usage;
    const soonMs = nextStart(Date.now(), range === "month" ? "month" : interval, timeZone);
    const model = modelOf(usage, {
      texts,
      picked: this.#picked,
      compare: compare !== "off",
      forecast: this.#host.forecast,
      untilMs: range === "custom" || interval === "hour" ? undefined : soonMs,
    });
    const span = spanName(Date.parse(usage.from), Date.parse(usage.to), { lang, timeZone });
    return {
      ...{ usage, model, span },
      names: namesOf(model.buckets, { lang, timeZone, interval }),
      length: lengthOf(model.count, interval, lang),
      spoken: texts.plot(amountWithUnit(model.total), span),
      isEmpty: isEmpty(usage),
    };
  }

  #datesOf({ from, to }: { from?: string; to?: string }, zone: string): { from: string; to: string } {
    const now = new Date(Date.now()).toISOString();
    return { from: dateOf(Date.parse(from ?? now), zone), to: dateOf(Date.parse(to ?? now) - 1, zone) };
  }

  #groupings(): UsageGrouping[] {
    const offered = (this.#host.dimensions ?? "").split(/\s+/).filter(Boolean);
    const dimensions = offered.map((key): UsageGrouping => `dimension:${key}`);
    return [...new Set<UsageGrouping>(["feature", "user", ...dimensions, "none", this.#choice.groupBy])];
  }

  #choose(change: Partial<UsageChartChoice>): void {
    // A custom period begins as the one that is shown.
    const dates = change.range === "custom" && this.#choice.range !== "custom" ? this.#dates : {};
    if (change.groupBy) this.#picked = undefined;
    this.#isAwaited = true;
    Object.assign(this.#host, dates, change);
    this.#host.dispatchEvent(new CreditsUsageChartChangeEvent(this.#choice));
  }

  #pick(id: string | undefined): void {
    this.#picked = id;
    this.#isAwaited = true;
    this.#host.requestUpdate();
  }

  async #export(format: "csv" | "png"): Promise<void> {
    const view = this.#view;
    const { drawn } = view ?? {};
    if (!view || !drawn) return;
    const { exportUsage } = await import("./export.ts");
    await exportUsage(format, { view, drawn, plot: this.#drawing.plot });
  }
}
