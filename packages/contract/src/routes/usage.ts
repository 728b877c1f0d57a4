import { z } from "zod";
import { check, checkBody, checkQuery } from "../resources/checks.ts";
import { consumed, consumption } from "../resources/consumption.ts";
import { estimates, estimatesBody } from "../resources/estimates.ts";
import { eventsAnswer, eventsBody } from "../resources/events.ts";
import { eventReversal, reversedEvent, USAGE_STATUSES, usageRecord } from "../resources/usage.ts";
import { customerId, id } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
import { defineRoute } from "./define-route.ts";
import { poolQuery, rangeQuery } from "./pool-query.ts";

const byCustomer = z.strictObject({ id: customerId });
const shared = { auth: "server" } as const;

export const usageRoutes = {
  reportEvents: defineRoute({
    ...shared,
    operationId: "reportEvents",
    method: "post",
    path: "/v1/events",
    summary: "Report usage: 1 to 1,000 events, or one bare event",
    body: eventsBody,
    status: 200,
    answer: eventsAnswer,
    errors: [
      "insufficient_credits",
      "not_found",
      "event_id_conflict",
      "no_active_subscription",
      "feature_not_mapped",
      "timestamp_out_of_window",
      "amount_out_of_range",
    ],
  }),
  listEvents: defineRoute({
    ...shared,
    operationId: "listEvents",
    method: "get",
    path: "/v1/events",
    summary: "List a customer's usage events, newest first, those that were denied included",
    query: z.strictObject({
      ...poolQuery,
      featureId: id.optional(),
      userId: customerId.optional(),
      id: id.optional().meta({ description: "The event's own id" }),
      status: z.enum(USAGE_STATUSES).optional(),
      ...rangeQuery,
      timeField: z
        .enum(["at", "occurredAt"])
        .optional()
        .meta({ description: "What `from` and `to` mean; occurredAt if left out" }),
    }),
    status: 200,
    answer: pageOf(usageRecord),
    errors: ["not_found"],
  }),
  reverseEvent: defineRoute({
    ...shared,
    operationId: "reverseEvent",
    method: "post",
    path: "/v1/events/reverse",
    summary: "Take a usage event back, once: what it burned goes back to the grants that paid",
    body: eventReversal,
    status: 200,
    answer: reversedEvent,
    errors: ["not_found", "state_conflict", "amount_out_of_range"],
  }),
  consume: defineRoute({
    ...shared,
    operationId: "consume",
    method: "post",
    path: "/v1/consume",
    summary: "Spend credits if there are enough of them, in one step",
    body: consumption,
    status: 200,
    answer: consumed,
    errors: [
      "not_found",
      "idempotency_conflict",
      "no_active_subscription",
      "feature_not_mapped",
      "amount_out_of_range",
      "insufficient_credits",
    ],
  }),
  createEstimates: defineRoute({
    ...shared,
    operationId: "createEstimates",
    method: "post",
    path: "/v1/estimates",
    summary: "Estimate what 1 to 1,000 events would cost, one after the other; nothing is written",
    body: estimatesBody,
    status: 200,
    answer: estimates,
    errors: ["amount_out_of_range"],
  }),
  checkCustomer: defineRoute({
    ...shared,
    operationId: "checkCustomer",
    method: "post",
    path: "/v1/customers/:id/check",
    summary: "Ask whether a customer could spend now, and why not",
    params: byCustomer,
    body: checkBody,
    status: 200,
    answer: check,
    errors: ["not_found", "amount_out_of_range"],
  }),
  checkCustomerByQuery: defineRoute({
    ...shared,
    operationId: "checkCustomerByQuery",
    method: "get",
    path: "/v1/customers/:id/check",
    summary: "Ask whether a customer could spend now, in a query",
    params: byCustomer,
    query: checkQuery,
    status: 200,
    answer: check,
    errors: ["not_found", "amount_out_of_range"],
  }),
};
