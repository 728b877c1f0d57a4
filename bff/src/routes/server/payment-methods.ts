import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { listCards } from "../../services/billing/cards.ts";
import {
  removePaymentMethod,
  setDefaultPaymentMethod,
  setUpPaymentMethod,
} from "../../services/billing/server.ts";

export const paymentMethodHandlers = {
  listPaymentMethods: handle(routes.listPaymentMethods, ({ deps, params }) => listCards(deps, params.id)),
  setUpPaymentMethod: handle(routes.setUpPaymentMethod, ({ deps, call, params, body }) =>
    setUpPaymentMethod(deps, call, { customerId: params.id, input: body }),
  ),
  setDefaultPaymentMethod: handle(routes.setDefaultPaymentMethod, ({ deps, call, params }) =>
    setDefaultPaymentMethod(deps, call, { customerId: params.id, paymentMethodId: params.paymentMethodId }),
  ),
  removePaymentMethod: handle(routes.removePaymentMethod, ({ deps, call, params }) =>
    removePaymentMethod(deps, call, { customerId: params.id, paymentMethodId: params.paymentMethodId }),
  ),
};
