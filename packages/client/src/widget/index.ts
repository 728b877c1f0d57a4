export {
  ApiError,
  parseJson,
  readJson,
  type ApiErrorCode,
  type ApiFault,
  type ClientErrorCode,
} from "./api-error.ts";
export { HEARTBEAT_MS, type StreamMessage } from "./stream-messages.ts";
export {
  type BalancesQuery,
  createWidgetClient,
  type ForecastQuery,
  openStream,
  type UsageQuery,
  type WidgetClient,
  type WidgetClientOptions,
} from "./widget-client.ts";
export type {
  BalancePoint,
  UsageGroup,
  UsageInterval,
  UsagePoint,
  UsageSeries,
  WidgetBalance,
  WidgetBalances,
  WidgetForecast,
  WidgetSession,
  WidgetUsage,
} from "@credits-kit/contract";
