import type { Routes } from "@credits-kit/contract";
import type { RouteHandler } from "../http/handle.ts";
import { catalogueHandlers } from "./server/catalogue.ts";
import { creditHandlers } from "./server/credits.ts";
import { customerHandlers } from "./server/customers.ts";
import { systemHandlers } from "./system.ts";
import { widgetHandlers } from "./widget/balances.ts";

/** What serves each route, by operation. A test holds this equal to the OpenAPI document. */
export const handlers: Record<keyof Routes, RouteHandler> = {
  ...catalogueHandlers,
  ...customerHandlers,
  ...creditHandlers,
  ...widgetHandlers,
  ...systemHandlers,
};
