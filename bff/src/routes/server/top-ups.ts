import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { clearFraudWarning } from "../../services/disputes/clear-fraud-warning.ts";
import { quoteTopUp } from "../../services/quotes/create.ts";
import { markTopUpPaid } from "../../services/invoices/mark-paid.ts";
import { createTopUp } from "../../services/top-ups/create.ts";
import { getTopUp } from "../../services/top-ups/get.ts";
import { listTopUps } from "../../services/top-ups/list.ts";
import { voidTopUp } from "../../services/top-ups/void.ts";

export const topUpHandlers = {
  quoteTopUp: handle(routes.quoteTopUp, ({ deps, body }) => quoteTopUp(deps, body)),
  createTopUp: handle(routes.createTopUp, ({ deps, call, body }) => createTopUp(deps, call, body)),
  listTopUps: handle(routes.listTopUps, ({ deps, query }) => listTopUps(deps, query)),
  getTopUp: handle(routes.getTopUp, ({ deps, params }) => getTopUp(deps, params.id)),
  voidTopUp: handle(routes.voidTopUp, ({ deps, call, params, body }) =>
    voidTopUp(deps, call, { id: params.id, input: body }),
  ),
  markTopUpPaid: handle(routes.markTopUpPaid, ({ deps, call, params, body }) =>
    markTopUpPaid(deps, call, { id: params.id, input: body }),
  ),
  clearTopUpFraudWarning: handle(routes.clearTopUpFraudWarning, ({ deps, call, params, body }) =>
    clearFraudWarning(deps, call, { id: params.id, input: body }),
  ),
};
