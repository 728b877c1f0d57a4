import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { createCustomer } from "../../services/customers/create.ts";
import { getCustomer } from "../../services/customers/get.ts";
import { listCustomers } from "../../services/customers/list.ts";
import { upsertCustomer } from "../../services/customers/upsert.ts";
import { createWidgetSession } from "../../services/widget-sessions/create.ts";

export const customerHandlers = {
  createCustomer: handle(routes.createCustomer, ({ deps, call, body }) => createCustomer(deps, call, body)),
  upsertCustomer: handle(routes.upsertCustomer, ({ deps, call, params, body }) =>
    upsertCustomer(deps, call, { id: params.id, fields: body }),
  ),
  listCustomers: handle(routes.listCustomers, ({ deps, query }) => listCustomers(deps, query)),
  getCustomer: handle(routes.getCustomer, ({ deps, params }) => getCustomer(deps, params.id)),
  createWidgetSession: handle(routes.createWidgetSession, ({ deps, call, body }) =>
    createWidgetSession(deps, call, body),
  ),
};
