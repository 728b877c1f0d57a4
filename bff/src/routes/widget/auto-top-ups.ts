import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { openCardSetup } from "../../services/auto-top-ups/card-setup.ts";
import {
  deleteWidgetAutoTopUp,
  getWidgetAutoTopUp,
  putWidgetAutoTopUp,
  resumeWidgetAutoTopUp,
} from "../../services/auto-top-ups/widget.ts";

interface Named<Session> {
  readonly session: Session;
  readonly params: { readonly creditType: string };
  readonly query: { readonly resourceId?: string | undefined };
}

const poolOf = <Session>({ session, params, query }: Named<Session>) => ({
  session,
  creditTypeId: params.creditType,
  resourceId: query.resourceId,
});

export const widgetAutoTopUpHandlers = {
  getWidgetAutoTopUp: handle(routes.getWidgetAutoTopUp, (request) =>
    getWidgetAutoTopUp(request.deps, poolOf(request)),
  ),
  putWidgetAutoTopUp: handle(routes.putWidgetAutoTopUp, (request) =>
    putWidgetAutoTopUp(request.deps, poolOf(request), request.body),
  ),
  deleteWidgetAutoTopUp: handle(routes.deleteWidgetAutoTopUp, (request) =>
    deleteWidgetAutoTopUp(request.deps, poolOf(request)),
  ),
  resumeWidgetAutoTopUp: handle(routes.resumeWidgetAutoTopUp, (request) =>
    resumeWidgetAutoTopUp(request.deps, poolOf(request)),
  ),
  setupWidgetAutoTopUp: handle(routes.setupWidgetAutoTopUp, (request) =>
    openCardSetup(request.deps, request.call, { ...poolOf(request), input: request.body }),
  ),
};
