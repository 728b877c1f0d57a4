// Made from what the elements say of themselves by `node packages/packing/src/write-wrappers.ts`: change it there.
import "@credits-kit/widgets/credits-usage-chart/define";
import type {
  CreditsSessionExpiredEvent,
  CreditsUsageChartChangeEvent,
  CreditsUsageChartErrorEvent,
  CreditsUsageChartLoadEvent,
} from "@credits-kit/widgets";
import { CreditsUsageChart as CreditsUsageChartElement } from "@credits-kit/widgets/credits-usage-chart";
import { createComponent } from "@lit/react";
import * as React from "react";
import { named, withProperties, type Wrapper, type WrapperProps } from "./wrapper.ts";

/** What listens to the events of `<credits-usage-chart>`. */
export interface CreditsUsageChartListeners {
  /** A person chose another period, interval, breakdown or view. */
  onUsageChartChange?: (event: CreditsUsageChartChangeEvent) => void;
  /** Usage is shown for the first time, or again after an error. */
  onUsageChartLoad?: (event: CreditsUsageChartLoadEvent) => void;
  /** Usage cannot be shown; `detail.code` tells why. */
  onUsageChartError?: (event: CreditsUsageChartErrorEvent) => void;
  /** The `sessionToken` is over; set another one. */
  onSessionExpired?: (event: CreditsSessionExpiredEvent) => void;
}

/** The properties of `<credits-usage-chart>`, its listeners, and what every element takes. */
export type CreditsUsageChartProps = WrapperProps<
  CreditsUsageChartElement,
  | "range"
  | "from"
  | "to"
  | "interval"
  | "groupBy"
  | "dimensions"
  | "compare"
  | "view"
  | "top"
  | "forecast"
  | "creditType"
  | "resource"
  | "timeZone"
  | "fractionDigits"
  | "hideUnit"
  | "state"
  | "sessionUrl"
  | "apiBase"
  | "customer"
  | "fetchSession"
  | "sessionToken"
  | "theme"
  | "appearance"
  | "localization",
  CreditsUsageChartListeners
>;

/** Shows how credits were used over time: bars by feature, user or dimension, with a legend, a table and exports. */
export const CreditsUsageChart: Wrapper<CreditsUsageChartElement, CreditsUsageChartProps> = createComponent({
  tagName: "credits-usage-chart",
  elementClass: withProperties(CreditsUsageChartElement),
  react: React,
  events: {
    onUsageChartChange: named<CreditsUsageChartChangeEvent>("credits-usage-chart-change"),
    onUsageChartLoad: named<CreditsUsageChartLoadEvent>("credits-usage-chart-load"),
    onUsageChartError: named<CreditsUsageChartErrorEvent>("credits-usage-chart-error"),
    onSessionExpired: named<CreditsSessionExpiredEvent>("credits-session-expired"),
  },
  displayName: "CreditsUsageChart",
});
