import { routes } from "@credits-kit/contract";
import { handle, handleStream } from "../../http/handle.ts";
import { readWidgetBalances } from "../../services/balances/read.ts";
import { openStream } from "../../services/balances/stream.ts";
import { poolFilterOf } from "../../services/pool-filter.ts";

export const widgetHandlers = {
  getWidgetBalances: handle(routes.getWidgetBalances, ({ deps, session, query }) =>
    readWidgetBalances(deps, session, poolFilterOf(query)),
  ),
  openWidgetStream: handleStream(routes.openWidgetStream, async ({ deps, session, response }) =>
    openStream(deps, session, response),
  ),
};
