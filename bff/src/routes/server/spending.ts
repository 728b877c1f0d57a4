import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { checkSpending } from "../../services/checks/check.ts";
import { consume } from "../../services/consumption/consume.ts";
import { createEstimates } from "../../services/estimates/create.ts";

export const spendingHandlers = {
  consume: handle(routes.consume, ({ deps, call, body }) => consume(deps, call, body)),
  createEstimates: handle(routes.createEstimates, ({ deps, body }) => createEstimates(deps, body.events)),
  checkCustomer: handle(routes.checkCustomer, ({ deps, params, body }) =>
    checkSpending(deps, { customerId: params.id, input: body }),
  ),
  checkCustomerByQuery: handle(routes.checkCustomerByQuery, ({ deps, params, query }) =>
    checkSpending(deps, { customerId: params.id, input: query }),
  ),
};
