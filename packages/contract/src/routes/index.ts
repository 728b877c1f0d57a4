import { catalogueRoutes } from "./catalogue.ts";
import { creditRoutes } from "./credits.ts";
import { customerRoutes } from "./customers.ts";
import { holdRoutes } from "./holds.ts";
import { systemRoutes } from "./system.ts";
import { usageRoutes } from "./usage.ts";
import { widgetRoutes } from "./widget.ts";

/** Every route of the API, by its operation id. */
export const routes = {
  ...catalogueRoutes,
  ...customerRoutes,
  ...creditRoutes,
  ...usageRoutes,
  ...holdRoutes,
  ...widgetRoutes,
  ...systemRoutes,
};
export type Routes = typeof routes;
