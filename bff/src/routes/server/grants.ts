import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { createGrant } from "../../services/grants/create.ts";
import { getGrant } from "../../services/grants/get.ts";
import { listGrants } from "../../services/grants/list.ts";
import { revokeGrant } from "../../services/grants/revoke.ts";
import { updateGrant } from "../../services/grants/update.ts";

export const grantHandlers = {
  createGrant: handle(routes.createGrant, ({ deps, call, body }) => createGrant(deps, call, body)),
  listGrants: handle(routes.listGrants, ({ deps, call, query }) => listGrants(deps, call, query)),
  getGrant: handle(routes.getGrant, ({ deps, call, params }) => getGrant(deps, call, params.id)),
  updateGrant: handle(routes.updateGrant, ({ deps, call, params, body }) =>
    updateGrant(deps, call, { id: params.id, change: body }),
  ),
  revokeGrant: handle(routes.revokeGrant, ({ deps, call, params, body }) =>
    revokeGrant(deps, call, { id: params.id, revocation: body }),
  ),
};
