import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { cancelWidgetTopUp } from "../../services/top-ups/cancel.ts";
import { getWidgetTopUp } from "../../services/top-ups/get.ts";
import { createWidgetTopUp, quoteForWidget } from "../../services/top-ups/widget.ts";

export const widgetTopUpHandlers = {
  getWidgetTopUpQuote: handle(routes.getWidgetTopUpQuote, ({ deps, session, query }) =>
    quoteForWidget(deps, session, query),
  ),
  createWidgetTopUp: handle(routes.createWidgetTopUp, ({ deps, call, session, body }) =>
    createWidgetTopUp(deps, call, { session, input: body }),
  ),
  getWidgetTopUp: handle(routes.getWidgetTopUp, ({ deps, session, params }) =>
    getWidgetTopUp(deps, { id: params.id, customerId: session.customerId }),
  ),
  cancelWidgetTopUp: handle(routes.cancelWidgetTopUp, ({ deps, call, session, params }) =>
    cancelWidgetTopUp(deps, call, { id: params.id, session }),
  ),
};
