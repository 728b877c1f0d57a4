import type { WidgetUsage } from "@credits-kit/client/widget";
import type { FeedState } from "../feed/feed-state.ts";

/** Everything the element can show. */
export type CreditsUsageChartState = FeedState<WidgetUsage>;

/** What bars are told apart by: `dimension:<key>` for a dimension that the credit type tracks, `none` for the sum alone. */
export type UsageGrouping = "feature" | "user" | "none" | `dimension:${string}`;
export type UsageChartView = "chart" | "table";

export const RANGES = ["24h", "7d", "30d", "month", "12m", "custom"] as const;
/** Which time is looked at. `month` is the month to date. */
export type UsageRange = (typeof RANGES)[number];
