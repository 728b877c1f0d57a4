import { routes } from "@credits-kit/contract";
import { handle } from "../http/handle.ts";
import { checkReadiness } from "../services/system/check-readiness.ts";

export const systemHandlers = {
  getHealth: handle(routes.getHealth, ({ deps }) =>
    Promise.resolve({ status: deps.isStopping() ? "stopping" : "ok" }),
  ),
  getReadiness: handle(routes.getReadiness, ({ deps }) => checkReadiness(deps)),
  getOpenApi: handle(routes.getOpenApi, ({ deps }) =>
    Promise.resolve({ body: deps.openApi(), replayed: false }),
  ),
};
