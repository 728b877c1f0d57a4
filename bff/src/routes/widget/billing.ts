import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { removeCard, setDefaultCard } from "../../services/billing/cards.ts";
import { readWidgetBilling } from "../../services/billing/read.ts";
import { setUpWidgetCard } from "../../services/billing/set-up-card.ts";

export const widgetBillingHandlers = {
  getWidgetBilling: handle(routes.getWidgetBilling, ({ deps, session, query }) =>
    readWidgetBilling(deps, session, query),
  ),
  setUpWidgetPaymentMethod: handle(routes.setUpWidgetPaymentMethod, ({ deps, call, session, body }) =>
    setUpWidgetCard(deps, call, { session, input: body }),
  ),
  setDefaultWidgetPaymentMethod: handle(routes.setDefaultWidgetPaymentMethod, ({ deps, session, params }) =>
    setDefaultCard(deps, { customerId: session.customerId, paymentMethodId: params.id }),
  ),
  removeWidgetPaymentMethod: handle(routes.removeWidgetPaymentMethod, ({ deps, session, params }) =>
    removeCard(deps, { customerId: session.customerId, paymentMethodId: params.id }),
  ),
};
