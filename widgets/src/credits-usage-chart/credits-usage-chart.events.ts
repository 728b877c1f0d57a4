import type { UsageInterval } from "@credits-kit/client/widget";
import { CreditsEvent } from "../ui/credits-event.ts";
import type { UsageChartView, UsageGrouping, UsageRange } from "./credits-usage-chart.types.ts";

export interface UsageChartChoice {
  range: UsageRange;
  /** With `custom`: the first and the last date. */
  from: string | undefined;
  to: string | undefined;
  /** Absent as long as the range decides. */
  interval: UsageInterval | undefined;
  groupBy: UsageGrouping;
  view: UsageChartView;
  compare: "previous" | "off";
}

/** A person chose another period, interval, breakdown or view; the properties have followed. */
export class CreditsUsageChartChangeEvent extends CreditsEvent<UsageChartChoice> {
  constructor(detail: UsageChartChoice) {
    super("credits-usage-chart-change", detail);
  }
}

/** Usage is shown for the first time, or again after an error. */
export class CreditsUsageChartLoadEvent extends CreditsEvent<undefined> {
  constructor() {
    super("credits-usage-chart-load", undefined);
  }
}

export interface UsageChartError {
  /** A stable code: one of the API's, or one of the session's. */
  code: string;
  /** Names the request in the server's logs, where it got that far. */
  requestId?: string | undefined;
  /** Whether trying again can help. */
  retryable: boolean;
}

/** Usage cannot be shown. */
export class CreditsUsageChartErrorEvent extends CreditsEvent<UsageChartError> {
  constructor(detail: UsageChartError) {
    super("credits-usage-chart-error", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "credits-usage-chart-change": CreditsUsageChartChangeEvent;
    "credits-usage-chart-load": CreditsUsageChartLoadEvent;
    "credits-usage-chart-error": CreditsUsageChartErrorEvent;
  }
}
