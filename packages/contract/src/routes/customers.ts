import { z } from "zod";
import { balances } from "../resources/balances.ts";
import { customer, customerInput, customerUpsert } from "../resources/customers.ts";
import { customerId } from "../values/ids.ts";
import { pageOf, pageQuery } from "../values/lists.ts";
import { defineRoute } from "./define-route.ts";

const byCustomer = z.strictObject({ id: customerId });
const shared = { auth: "server" } as const;

export const customerRoutes = {
  createCustomer: defineRoute({
    ...shared,
    operationId: "createCustomer",
    method: "post",
    path: "/v1/customers",
    summary: "Create a customer",
    body: customerInput,
    status: 201,
    answer: customer,
    errors: ["already_exists", "not_found"],
  }),
  upsertCustomer: defineRoute({
    ...shared,
    operationId: "upsertCustomer",
    method: "put",
    path: "/v1/customers/:id",
    summary: "Create a customer or change what is given",
    params: byCustomer,
    body: customerUpsert,
    status: 200,
    answer: customer,
    errors: ["already_exists", "not_found", "state_conflict"],
  }),
  listCustomers: defineRoute({
    ...shared,
    operationId: "listCustomers",
    method: "get",
    path: "/v1/customers",
    summary: "List customers",
    query: z.strictObject(pageQuery),
    status: 200,
    answer: pageOf(customer),
  }),
  getCustomer: defineRoute({
    ...shared,
    operationId: "getCustomer",
    method: "get",
    path: "/v1/customers/:id",
    summary: "Read a customer",
    params: byCustomer,
    status: 200,
    answer: customer,
    errors: ["not_found"],
  }),
  getBalances: defineRoute({
    ...shared,
    operationId: "getBalances",
    method: "get",
    path: "/v1/customers/:id/balances",
    summary: "Read a customer's balances",
    params: byCustomer,
    status: 200,
    answer: balances,
    errors: ["not_found"],
  }),
};
