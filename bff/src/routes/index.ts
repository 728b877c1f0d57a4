import type { Routes } from "@credits-kit/contract";
import type { RouteHandler } from "../http/handle.ts";
import { autoTopUpHandlers } from "./server/auto-top-ups.ts";
import { creditTypeHandlers } from "./server/credit-types.ts";
import { customerHandlers } from "./server/customers.ts";
import { eventHandlers } from "./server/events.ts";
import { exportHandlers } from "./server/exports.ts";
import { featureHandlers } from "./server/features.ts";
import { grantHandlers } from "./server/grants.ts";
import { holdHandlers } from "./server/holds.ts";
import { notificationPreferencesHandlers } from "./server/notification-preferences.ts";
import { operationHandlers } from "./server/operations.ts";
import { paymentMethodHandlers } from "./server/payment-methods.ts";
import { planHandlers } from "./server/plans.ts";
import { poolHandlers } from "./server/pools.ts";
import { seriesHandlers } from "./server/series.ts";
import { spendingHandlers } from "./server/spending.ts";
import { subscriptionHandlers } from "./server/subscriptions.ts";
import { topUpHandlers } from "./server/top-ups.ts";
import { testClockHandlers } from "./server/test-clocks.ts";
import { systemHandlers } from "./system.ts";
import { widgetAutoTopUpHandlers } from "./widget/auto-top-ups.ts";
import { widgetHandlers } from "./widget/balances.ts";
import { widgetBillingHandlers } from "./widget/billing.ts";
import { widgetGrantHandlers } from "./widget/grants.ts";
import { widgetLedgerHandlers } from "./widget/ledger.ts";
import { widgetNotificationPreferencesHandlers } from "./widget/notification-preferences.ts";
import { widgetTopUpHandlers } from "./widget/top-ups.ts";
import { widgetUsageHandlers } from "./widget/usage.ts";

/** What serves each route, by operation. A test holds this equal to the OpenAPI document. */
export const handlers: Record<keyof Routes, RouteHandler> = {
  ...creditTypeHandlers,
  ...featureHandlers,
  ...planHandlers,
  ...customerHandlers,
  ...subscriptionHandlers,
  ...poolHandlers,
  ...grantHandlers,
  ...eventHandlers,
  ...spendingHandlers,
  ...holdHandlers,
  ...exportHandlers,
  ...topUpHandlers,
  ...autoTopUpHandlers,
  ...paymentMethodHandlers,
  ...operationHandlers,
  ...seriesHandlers,
  ...testClockHandlers,
  ...widgetHandlers,
  ...widgetBillingHandlers,
  ...widgetGrantHandlers,
  ...widgetLedgerHandlers,
  ...notificationPreferencesHandlers,
  ...widgetNotificationPreferencesHandlers,
  ...widgetTopUpHandlers,
  ...widgetAutoTopUpHandlers,
  ...widgetUsageHandlers,
  ...systemHandlers,
};
