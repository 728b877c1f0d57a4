import { z } from "zod";
import { topUpQuote, topUpQuoteInput } from "../resources/quotes.ts";
import {
  topUp,
  TOP_UP_STATUSES,
  topUpClearFraudWarning,
  topUpInput,
  topUpMarkPaid,
  topUpVoid,
} from "../resources/top-ups.ts";
import { creditsInput, pricePerCredit } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
import { widgetTopUp, widgetTopUpInput, widgetTopUpQuote } from "../widget/top-ups.ts";
import { defineRoute } from "./define-route.ts";
import { poolQuery, rangeQuery } from "./pool-query.ts";

const byId = z.strictObject({ id });
const PRICING = [
  "not_found",
  "no_active_subscription",
  "state_conflict",
  "amount_out_of_range",
  "currency_mismatch",
] as const;
const ORDERING = [...PRICING, "card_declined", "idempotency_in_progress"] as const;
const ofWidgets = { auth: "widget", scope: "top_up" } as const;

export const topUpRoutes = {
  quoteTopUp: defineRoute({
    auth: "server",
    operationId: "quoteTopUp",
    method: "post",
    path: "/v1/top-ups/quote",
    summary: "Tell what an order of credits would cost; nothing is written",
    body: topUpQuoteInput,
    status: 200,
    answer: topUpQuote,
    errors: PRICING,
  }),
  createTopUp: defineRoute({
    auth: "server",
    operationId: "createTopUp",
    method: "post",
    path: "/v1/top-ups",
    summary: "Order credits: by a checkout, by an invoice, or with a saved card",
    body: topUpInput,
    status: 201,
    answer: topUp,
    errors: ORDERING,
  }),
  listTopUps: defineRoute({
    auth: "server",
    operationId: "listTopUps",
    method: "get",
    path: "/v1/top-ups",
    summary: "List a customer's orders of credits, newest first",
    query: z.strictObject({ ...poolQuery, status: z.enum(TOP_UP_STATUSES).optional(), ...rangeQuery }),
    status: 200,
    answer: pageOf(topUp),
    errors: ["not_found"],
  }),
  getTopUp: defineRoute({
    auth: "server",
    operationId: "getTopUp",
    method: "get",
    path: "/v1/top-ups/:id",
    summary: "Read an order of credits",
    params: byId,
    status: 200,
    answer: topUp,
    errors: ["not_found"],
  }),
  voidTopUp: defineRoute({
    auth: "server",
    operationId: "voidTopUp",
    method: "post",
    path: "/v1/top-ups/:id/void",
    summary: "Give up an order that is not paid; nobody can pay it any more",
    params: byId,
    body: topUpVoid,
    status: 200,
    answer: topUp,
    errors: ["not_found", "state_conflict"],
  }),
  markTopUpPaid: defineRoute({
    auth: "server",
    operationId: "markTopUpPaid",
    method: "post",
    path: "/v1/top-ups/:id/mark-paid",
    summary: "Say that the money of an invoice came another way; its credits are released",
    params: byId,
    body: topUpMarkPaid,
    status: 200,
    answer: topUp,
    errors: ["not_found", "state_conflict"],
  }),
  clearTopUpFraudWarning: defineRoute({
    auth: "server",
    operationId: "clearTopUpFraudWarning",
    method: "post",
    path: "/v1/top-ups/:id/clear-fraud-warning",
    summary:
      "Say that a payment is sound although fraud was suspected; credits that were frozen for it are back",
    params: byId,
    body: topUpClearFraudWarning,
    status: 200,
    answer: topUp,
    errors: ["not_found", "state_conflict"],
  }),
  getWidgetTopUpQuote: defineRoute({
    ...ofWidgets,
    operationId: "getWidgetTopUpQuote",
    method: "get",
    path: "/widget/top-ups/quote",
    summary: "What the session's customer can buy, and what so many credits cost",
    query: z.strictObject({
      creditTypeId: id
        .optional()
        .meta({ description: "The first that the customer's plans sell, if left out" }),
      credits: creditsInput.optional(),
      currency: pricePerCredit.shape.currency.optional(),
    }),
    status: 200,
    answer: widgetTopUpQuote,
    errors: PRICING,
  }),
  createWidgetTopUp: defineRoute({
    ...ofWidgets,
    operationId: "createWidgetTopUp",
    method: "post",
    path: "/widget/top-ups",
    summary: "Buy credits in the session's name",
    body: widgetTopUpInput,
    status: 201,
    answer: widgetTopUp,
    errors: [...ORDERING, "idempotency_conflict", "price_changed"],
  }),
  getWidgetTopUp: defineRoute({
    ...ofWidgets,
    operationId: "getWidgetTopUp",
    method: "get",
    path: "/widget/top-ups/:id",
    summary: "How an order of the session's customer stands",
    params: byId,
    status: 200,
    answer: widgetTopUp,
    errors: ["not_found"],
  }),
  cancelWidgetTopUp: defineRoute({
    ...ofWidgets,
    operationId: "cancelWidgetTopUp",
    method: "post",
    path: "/widget/top-ups/:id/cancel",
    summary:
      "Give up an order of the session's customer, so that nobody can pay it; one that is paid stays paid",
    params: byId,
    status: 200,
    answer: widgetTopUp,
    errors: ["not_found", "state_conflict", "payment_processing"],
  }),
};
