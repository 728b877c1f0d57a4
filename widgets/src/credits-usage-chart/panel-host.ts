import type { UsageInterval, WidgetForecast } from "@credits-kit/client/widget";
import type { ReactiveControllerHost } from "lit";
import type {
  CreditsUsageChartState,
  UsageChartView,
  UsageGrouping,
  UsageRange,
} from "./credits-usage-chart.types.ts";

/** The element, as what draws it sees it: its public properties. */
export interface PanelHost extends ReactiveControllerHost, EventTarget {
  readonly isConnected: boolean;
  readonly renderRoot: ParentNode;
  readonly creditType: string | undefined;
  readonly resource: string | undefined;
  readonly timeZone: string | undefined;
  readonly fractionDigits: number | null | undefined;
  readonly hideUnit: boolean;
  readonly dimensions: string | undefined;
  readonly top: number | undefined;
  readonly state: CreditsUsageChartState;
  forecast: WidgetForecast | undefined;
  range: UsageRange | undefined;
  from: string | undefined;
  to: string | undefined;
  interval: UsageInterval | undefined;
  groupBy: UsageGrouping | undefined;
  compare: "previous" | "off" | undefined;
  view: UsageChartView | undefined;
  retry(): void;
}
