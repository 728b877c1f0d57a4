import { z } from "zod";
import {
  hold,
  HOLD_STATUSES,
  holdAnswer,
  holdCapture,
  holdExtension,
  holdInput,
  holdRelease,
} from "../resources/holds.ts";
import { id } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
import { defineRoute } from "./define-route.ts";
import { poolQuery } from "./pool-query.ts";

const shared = { auth: "server" } as const;

export const holdRoutes = {
  placeHold: defineRoute({
    ...shared,
    operationId: "placeHold",
    method: "post",
    path: "/v1/holds",
    summary: "Set credits aside before a costly action, if there are enough of them",
    body: holdInput,
    status: 201,
    answer: holdAnswer,
    errors: [
      "not_found",
      "idempotency_conflict",
      "no_active_subscription",
      "feature_not_mapped",
      "amount_out_of_range",
      "insufficient_credits",
    ],
  }),
  listHolds: defineRoute({
    ...shared,
    operationId: "listHolds",
    method: "get",
    path: "/v1/holds",
    summary: "List a customer's holds, newest first",
    query: z.strictObject({
      ...poolQuery,
      status: z.enum(HOLD_STATUSES).optional(),
      id: id.optional().meta({ description: "The hold's own id" }),
    }),
    status: 200,
    answer: pageOf(hold),
    errors: ["not_found"],
  }),
  captureHold: defineRoute({
    ...shared,
    operationId: "captureHold",
    method: "post",
    path: "/v1/holds/capture",
    summary: "Burn what a hold set aside: all, a part, or more if there is more",
    body: holdCapture,
    status: 200,
    answer: holdAnswer,
    errors: [
      "not_found",
      "hold_closed",
      "no_active_subscription",
      "feature_not_mapped",
      "amount_out_of_range",
      "insufficient_credits",
    ],
  }),
  releaseHold: defineRoute({
    ...shared,
    operationId: "releaseHold",
    method: "post",
    path: "/v1/holds/release",
    summary: "End a hold and free what it set aside",
    body: holdRelease,
    status: 200,
    answer: holdAnswer,
    errors: ["not_found", "hold_closed"],
  }),
  extendHold: defineRoute({
    ...shared,
    operationId: "extendHold",
    method: "post",
    path: "/v1/holds/extend",
    summary: "Let a hold live longer",
    body: holdExtension,
    status: 200,
    answer: holdAnswer,
    errors: ["not_found", "hold_closed", "state_conflict"],
  }),
};
