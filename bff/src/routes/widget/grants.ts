import { routes } from "@credits-kit/contract";
import { handle, handleStream } from "../../http/handle.ts";
import { readWidgetGrants } from "../../services/grants/widget.ts";
import { sendWidgetGrants } from "../../services/grants/widget-file.ts";

export const widgetGrantHandlers = {
  getWidgetGrants: handle(routes.getWidgetGrants, ({ deps, call, session: { customerId }, query }) =>
    readWidgetGrants(deps, call, { customerId, query }),
  ),
  downloadWidgetGrants: handleStream(
    routes.downloadWidgetGrants,
    ({ deps, call, session: { customerId }, query, response }) =>
      sendWidgetGrants(deps, call, { customerId, query, response }),
  ),
};
