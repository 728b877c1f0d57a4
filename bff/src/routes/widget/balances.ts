import { routes } from "@credits-kit/contract";
import { handle, handleStream } from "../../http/handle.ts";
import { readWidgetBalances } from "../../services/balances/read.ts";
import { openStream } from "../../services/balances/stream.ts";
import { poolFilterOf } from "../../services/pool-filter.ts";

export const widgetHandlers = {
  getWidgetBalances: handle(routes.getWidgetBalances, ({ deps, session, query }) =>
    readWidgetBalances(deps, session, poolFilterOf(query)),
  ),
  openWidgetStream: handleStream(routes.openWidgetStream, ({ deps, session, request, response }) =>
    openStream(deps, session, { request, response }),
  ),
};
