import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { readWidgetForecast, readWidgetUsage } from "../../services/usage/widget.ts";

export const widgetUsageHandlers = {
  getWidgetUsage: handle(routes.getWidgetUsage, ({ deps, session, query }) =>
    readWidgetUsage(deps, session.customerId, query),
  ),
  getWidgetForecast: handle(routes.getWidgetForecast, ({ deps, session, query }) =>
    readWidgetForecast(deps, session.customerId, query),
  ),
};
