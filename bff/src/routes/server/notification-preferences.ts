import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import {
  getNotificationPreferences,
  putNotificationPreferences,
} from "../../services/notification-preferences/server.ts";

interface Named {
  readonly params: { readonly id: string; readonly creditType: string };
}

const placeOf = ({ params: { id, creditType } }: Named) => ({ customerId: id, creditTypeId: creditType });

export const notificationPreferencesHandlers = {
  getNotificationPreferences: handle(routes.getNotificationPreferences, (request) =>
    getNotificationPreferences(request.deps, placeOf(request)),
  ),
  putNotificationPreferences: handle(routes.putNotificationPreferences, (request) =>
    putNotificationPreferences(request.deps, request.call, { place: placeOf(request), input: request.body }),
  ),
};
