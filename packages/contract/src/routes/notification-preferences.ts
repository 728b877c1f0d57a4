import { z } from "zod";
import { customerId, id } from "../values/ids.ts";
import {
  notificationPreferences,
  notificationPreferencesInput,
  widgetNotificationPreferences,
  widgetNotificationPreferencesInput,
} from "../widget/notification-preferences.ts";
import { defineRoute } from "./define-route.ts";

const PATH = "/v1/customers/:id/notification-preferences/:creditType";
const WIDGET_PATH = "/widget/notification-preferences";
const byType = z.strictObject({ id: customerId, creditType: id });

export const notificationPreferencesRoutes = {
  getNotificationPreferences: defineRoute({
    operationId: "getNotificationPreferences",
    method: "get",
    path: PATH,
    summary: "Read what a customer wants to be told of credits of a type, set or by default",
    auth: "server",
    params: byType,
    status: 200,
    answer: notificationPreferences,
    errors: ["not_found"],
  }),
  putNotificationPreferences: defineRoute({
    operationId: "putNotificationPreferences",
    method: "put",
    path: PATH,
    summary: "Set what a customer wants to be told of credits of a type",
    auth: "server",
    params: byType,
    body: notificationPreferencesInput,
    status: 200,
    answer: notificationPreferences,
    errors: ["not_found"],
  }),
  getWidgetNotificationPreferences: defineRoute({
    operationId: "getWidgetNotificationPreferences",
    method: "get",
    path: WIDGET_PATH,
    summary: "What the session's user, else its customer, wants to be told, by credit type",
    auth: "widget",
    status: 200,
    answer: widgetNotificationPreferences,
  }),
  putWidgetNotificationPreferences: defineRoute({
    operationId: "putWidgetNotificationPreferences",
    method: "put",
    path: WIDGET_PATH,
    summary: "Set what the session's user, else its customer, wants to be told, as a whole",
    auth: "widget",
    scope: "settings",
    body: widgetNotificationPreferencesInput,
    status: 200,
    answer: widgetNotificationPreferences,
    errors: ["not_found"],
  }),
};
