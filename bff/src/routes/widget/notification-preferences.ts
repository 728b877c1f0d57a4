import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import {
  putWidgetNotificationPreferences,
  readWidgetNotificationPreferences,
} from "../../services/notification-preferences/widget.ts";

export const widgetNotificationPreferencesHandlers = {
  getWidgetNotificationPreferences: handle(routes.getWidgetNotificationPreferences, ({ deps, session }) =>
    readWidgetNotificationPreferences(deps, session),
  ),
  putWidgetNotificationPreferences: handle(
    routes.putWidgetNotificationPreferences,
    ({ deps, session, body }) => putWidgetNotificationPreferences(deps, session, body),
  ),
};
