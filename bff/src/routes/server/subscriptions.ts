import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { cancelSubscription } from "../../services/subscriptions/cancel.ts";
import { createSubscription } from "../../services/subscriptions/create.ts";
import { getSubscription } from "../../services/subscriptions/get.ts";
import { listSubscriptions } from "../../services/subscriptions/list.ts";
import { updateSubscription } from "../../services/subscriptions/update.ts";

export const subscriptionHandlers = {
  createSubscription: handle(routes.createSubscription, ({ deps, call, params, body }) =>
    createSubscription(deps, call, { customerId: params.id, input: body }),
  ),
  listSubscriptions: handle(routes.listSubscriptions, ({ deps, params, query }) =>
    listSubscriptions(deps, params.id, query),
  ),
  getSubscription: handle(routes.getSubscription, ({ deps, params }) => getSubscription(deps, params.id)),
  updateSubscription: handle(routes.updateSubscription, ({ deps, call, params, body }) =>
    updateSubscription(deps, call, { id: params.id, change: body }),
  ),
  cancelSubscription: handle(routes.cancelSubscription, ({ deps, call, params, body }) =>
    cancelSubscription(deps, call, { id: params.id, input: body }),
  ),
};
