import { z } from "zod";
import { advancedTestClock, testClock, testClockAdvance, testClockInput } from "../resources/test-clocks.ts";
import { id } from "../values/ids.ts";
import { pageOf, pageQuery } from "../values/lists.ts";
import { defineRoute } from "./define-route.ts";

const byClock = z.strictObject({ id });
const shared = { auth: "server" } as const;

export const testClockRoutes = {
  createTestClock: defineRoute({
    ...shared,
    operationId: "createTestClock",
    method: "post",
    path: "/v1/test-clocks",
    summary: "Create a test clock, for customers to live by (test deployments only)",
    body: testClockInput,
    status: 201,
    answer: testClock,
    errors: ["already_exists"],
  }),
  listTestClocks: defineRoute({
    ...shared,
    operationId: "listTestClocks",
    method: "get",
    path: "/v1/test-clocks",
    summary: "List test clocks, newest first (test deployments only)",
    query: z.strictObject(pageQuery),
    status: 200,
    answer: pageOf(testClock),
  }),
  getTestClock: defineRoute({
    ...shared,
    operationId: "getTestClock",
    method: "get",
    path: "/v1/test-clocks/:id",
    summary: "Read a test clock (test deployments only)",
    params: byClock,
    status: 200,
    answer: testClock,
    errors: ["not_found"],
  }),
  advanceTestClock: defineRoute({
    ...shared,
    operationId: "advanceTestClock",
    method: "post",
    path: "/v1/test-clocks/:id/advance",
    summary:
      "Let time pass for the customers of a test clock, moment by moment, and answer when all of it is in the ledger (test deployments only)",
    params: byClock,
    body: testClockAdvance,
    status: 200,
    answer: advancedTestClock,
    errors: ["not_found", "state_conflict", "idempotency_in_progress"],
  }),
  deleteTestClock: defineRoute({
    ...shared,
    operationId: "deleteTestClock",
    method: "delete",
    path: "/v1/test-clocks/:id",
    summary: "Delete a test clock by which no customer lives (test deployments only)",
    params: byClock,
    status: 200,
    answer: testClock,
    errors: ["not_found", "in_use"],
  }),
};
