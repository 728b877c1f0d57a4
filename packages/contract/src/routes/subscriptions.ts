import { z } from "zod";
import {
  subscription,
  subscriptionCancellation,
  subscriptionChange,
  subscriptionInput,
} from "../resources/subscriptions.ts";
import { customerId, id } from "../values/ids.ts";
import { pageOf, pageQuery } from "../values/lists.ts";
import { defineRoute } from "./define-route.ts";

const byCustomer = z.strictObject({ id: customerId });
const byId = z.strictObject({ id });
const shared = { auth: "server" } as const;

export const subscriptionRoutes = {
  createSubscription: defineRoute({
    ...shared,
    operationId: "createSubscription",
    method: "post",
    path: "/v1/customers/:id/subscriptions",
    summary: "Subscribe a customer to a plan",
    params: byCustomer,
    body: subscriptionInput,
    status: 201,
    answer: subscription,
    errors: ["not_found", "amount_out_of_range"],
  }),
  listSubscriptions: defineRoute({
    ...shared,
    operationId: "listSubscriptions",
    method: "get",
    path: "/v1/customers/:id/subscriptions",
    summary: "List a customer's subscriptions",
    params: byCustomer,
    query: z.strictObject(pageQuery),
    status: 200,
    answer: pageOf(subscription),
    errors: ["not_found"],
  }),
  getSubscription: defineRoute({
    ...shared,
    operationId: "getSubscription",
    method: "get",
    path: "/v1/subscriptions/:id",
    summary: "Read a subscription",
    params: byId,
    status: 200,
    answer: subscription,
    errors: ["not_found"],
  }),
  updateSubscription: defineRoute({
    ...shared,
    operationId: "updateSubscription",
    method: "patch",
    path: "/v1/subscriptions/:id",
    summary: "Change a subscription: its plan, version, seats, price or end",
    params: byId,
    body: subscriptionChange,
    status: 200,
    answer: subscription,
    errors: ["not_found", "state_conflict", "amount_out_of_range"],
  }),
  cancelSubscription: defineRoute({
    ...shared,
    operationId: "cancelSubscription",
    method: "post",
    path: "/v1/subscriptions/:id/cancel",
    summary: "End a subscription, with its current period or at once",
    params: byId,
    body: subscriptionCancellation,
    status: 200,
    answer: subscription,
    errors: ["not_found", "state_conflict"],
  }),
};
