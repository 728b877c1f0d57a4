import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { getAutoTopUp, listAttempts } from "../../services/auto-top-ups/read.ts";
import { deleteAutoTopUp, putAutoTopUp, resumeAutoTopUp } from "../../services/auto-top-ups/server.ts";

interface Named {
  readonly params: { readonly id: string; readonly creditType: string };
  readonly query: { readonly resourceId?: string | undefined };
}

const poolOf = ({ params: { id, creditType }, query: { resourceId } }: Named) => ({
  customerId: id,
  creditTypeId: creditType,
  resourceId,
});

export const autoTopUpHandlers = {
  getAutoTopUp: handle(routes.getAutoTopUp, (request) => getAutoTopUp(request.deps, poolOf(request))),
  putAutoTopUp: handle(routes.putAutoTopUp, (request) =>
    putAutoTopUp(request.deps, request.call, { asked: poolOf(request), input: request.body }),
  ),
  deleteAutoTopUp: handle(routes.deleteAutoTopUp, (request) =>
    deleteAutoTopUp(request.deps, request.call, poolOf(request)),
  ),
  resumeAutoTopUp: handle(routes.resumeAutoTopUp, (request) =>
    resumeAutoTopUp(request.deps, request.call, poolOf(request)),
  ),
  listAutoTopUpAttempts: handle(routes.listAutoTopUpAttempts, (request) =>
    listAttempts(request.deps, poolOf(request), request.query),
  ),
};
