import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { readForecast } from "../../services/forecast/read.ts";
import { readUsageSeries } from "../../services/usage/read.ts";

export const seriesHandlers = {
  getUsage: handle(routes.getUsage, ({ deps, query }) => readUsageSeries(deps, query)),
  getForecast: handle(routes.getForecast, ({ deps, call, query }) => readForecast(deps, query, call)),
};
