import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { quoteTopUp } from "../../services/quotes/create.ts";

export const topUpHandlers = {
  quoteTopUp: handle(routes.quoteTopUp, ({ deps, body }) => quoteTopUp(deps, body)),
};
