import type { UsageInterval, WidgetUsage } from "@credits-kit/client/widget";
import type { Formats } from "../ui/formats.ts";
import type { Translation } from "../ui/translation.ts";
import type { UsageChartTexts } from "../ui/usage-chart-texts.ts";
import type { UsageChartChoice } from "./credits-usage-chart.events.ts";
import type { UsageGrouping } from "./credits-usage-chart.types.ts";
import type { BucketNames } from "./dates.ts";
import type { Model } from "./model.ts";

/** What there is to draw once the answer has come. */
export interface Drawn {
  usage: WidgetUsage;
  model: Model;
  names: BucketNames;
  /** From when to when, in words. */
  span: string;
  /** How long the period is, which is also how long the one before it was. */
  length: string;
  /** All of it in a sentence. */
  spoken: string;
  isEmpty: boolean;
}

/** What the drawing functions need. */
export interface ChartView {
  common: Translation;
  texts: UsageChartTexts;
  formats: Formats;
  lang: string;
  choice: UsageChartChoice;
  /** What the period can be told apart by, and by what it is. */
  intervals: readonly UsageInterval[];
  interval: UsageInterval;
  groupings: readonly UsageGrouping[];
  /** The dates of the period, for the fields of a custom one. */
  dates: { from: string; to: string };
  drawn: Drawn | undefined;
  /** The picture cannot be had: its numbers stand in. */
  noDrawing: boolean;
  isLoading: boolean;
  refreshing: boolean;
  hideUnit: boolean;

  /** An amount in figures. */
  amount(amount: string): string;
  /** An amount with its unit, unless that is hidden. */
  amountWithUnit(amount: string): string;
  choose(change: Partial<UsageChartChoice>): void;
  pick(id: string | undefined): void;
  exportAs(format: "csv" | "png"): void;
  retry(): void;
}
