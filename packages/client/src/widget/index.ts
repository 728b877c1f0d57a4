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
  openStream,
  type WidgetClient,
  type WidgetClientOptions,
} from "./widget-client.ts";
export type { BalancePoint, WidgetBalance, WidgetBalances, WidgetSession } from "@credits-kit/contract";
