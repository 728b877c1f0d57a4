import { autoTopUpRoutes } from "./auto-top-ups.ts";
import { billingRoutes } from "./billing.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { creditRoutes } from "./credits.ts";
import { customerRoutes } from "./customers.ts";
import { exportRoutes } from "./exports.ts";
import { holdRoutes } from "./holds.ts";
import { notificationPreferencesRoutes } from "./notification-preferences.ts";
import { operationRoutes } from "./operations.ts";
import { seriesRoutes } from "./series.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { systemRoutes } from "./system.ts";
import { testClockRoutes } from "./test-clocks.ts";
import { topUpRoutes } from "./top-ups.ts";
import { usageRoutes } from "./usage.ts";
import { widgetListRoutes } from "./widget-lists.ts";
import { widgetRoutes } from "./widget.ts";

/** Every route of the API, by its operation id. */
export const routes = {
  ...catalogueRoutes,
  ...customerRoutes,
  ...subscriptionRoutes,
  ...creditRoutes,
  ...usageRoutes,
  ...holdRoutes,
  ...topUpRoutes,
  ...autoTopUpRoutes,
  ...billingRoutes,
  ...operationRoutes,
  ...seriesRoutes,
  ...exportRoutes,
  ...testClockRoutes,
  ...widgetRoutes,
  ...widgetListRoutes,
  ...notificationPreferencesRoutes,
  ...systemRoutes,
};
export type Routes = typeof routes;
