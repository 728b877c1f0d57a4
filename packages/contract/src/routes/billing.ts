import { z } from "zod";
import { customerId, id } from "../values/ids.ts";
import { pageQuery } from "../values/lists.ts";
import {
  paymentMethods,
  paymentMethodSetup,
  paymentMethodSetupInput,
  widgetBilling,
  widgetPaymentMethodSetup,
  widgetPaymentMethodSetupInput,
} from "../widget/billing.ts";
import { defineRoute } from "./define-route.ts";

const PATH = "/v1/customers/:id/payment-methods";
const WIDGET_PATH = "/widget/billing/payment-methods";
const ofServers = { auth: "server", params: z.strictObject({ id: customerId }) } as const;
const aboutOne = { auth: "server", params: z.strictObject({ id: customerId, paymentMethodId: id }) } as const;
const ofWidgets = { auth: "widget", scope: "settings" } as const;
const byId = z.strictObject({ id });

export const billingRoutes = {
  listPaymentMethods: defineRoute({
    ...ofServers,
    operationId: "listPaymentMethods",
    method: "get",
    path: PATH,
    summary: "List a customer's saved cards, the default first",
    status: 200,
    answer: paymentMethods,
    errors: ["not_found", "state_conflict"],
  }),
  setUpPaymentMethod: defineRoute({
    ...ofServers,
    operationId: "setUpPaymentMethod",
    method: "post",
    path: `${PATH}/setup`,
    summary: "Open Stripe's own page on which a card is added",
    body: paymentMethodSetupInput,
    status: 200,
    answer: paymentMethodSetup,
    errors: ["not_found", "state_conflict"],
  }),
  setDefaultPaymentMethod: defineRoute({
    ...aboutOne,
    operationId: "setDefaultPaymentMethod",
    method: "post",
    path: `${PATH}/:paymentMethodId/default`,
    summary: "Charge this card where none is named",
    status: 200,
    answer: paymentMethods,
    errors: ["not_found", "state_conflict"],
  }),
  removePaymentMethod: defineRoute({
    ...aboutOne,
    operationId: "removePaymentMethod",
    method: "delete",
    path: `${PATH}/:paymentMethodId`,
    summary: "Remove a saved card; an auto top-up that names it stops",
    status: 200,
    answer: paymentMethods,
    errors: ["not_found", "state_conflict"],
  }),
  getWidgetBilling: defineRoute({
    operationId: "getWidgetBilling",
    method: "get",
    path: "/widget/billing",
    summary: "Plan and price, saved cards, invoices and receipts of the session's customer",
    auth: "widget",
    query: z.strictObject(pageQuery),
    status: 200,
    answer: widgetBilling,
  }),
  setUpWidgetPaymentMethod: defineRoute({
    ...ofWidgets,
    operationId: "setUpWidgetPaymentMethod",
    method: "post",
    path: `${WIDGET_PATH}/setup`,
    summary: "Open Stripe's own page on which a card is added",
    body: widgetPaymentMethodSetupInput,
    status: 200,
    answer: widgetPaymentMethodSetup,
    errors: ["not_found", "state_conflict", "idempotency_conflict"],
  }),
  setDefaultWidgetPaymentMethod: defineRoute({
    ...ofWidgets,
    operationId: "setDefaultWidgetPaymentMethod",
    method: "post",
    path: `${WIDGET_PATH}/:id/default`,
    summary: "Charge this card where none is named",
    params: byId,
    status: 200,
    answer: paymentMethods,
    errors: ["not_found", "state_conflict"],
  }),
  removeWidgetPaymentMethod: defineRoute({
    ...ofWidgets,
    operationId: "removeWidgetPaymentMethod",
    method: "delete",
    path: `${WIDGET_PATH}/:id`,
    summary: "Remove a saved card; an auto top-up that names it stops",
    params: byId,
    status: 200,
    answer: paymentMethods,
    errors: ["not_found", "state_conflict"],
  }),
};
