import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { archiveFeature } from "../../services/features/archive.ts";
import { createFeature } from "../../services/features/create.ts";
import { getFeature } from "../../services/features/get.ts";
import { listFeatures } from "../../services/features/list.ts";
import { unarchiveFeature } from "../../services/features/unarchive.ts";
import { updateFeature } from "../../services/features/update.ts";

export const featureHandlers = {
  createFeature: handle(routes.createFeature, ({ deps, call, body }) => createFeature(deps, call, body)),
  listFeatures: handle(routes.listFeatures, ({ deps, query }) => listFeatures(deps, query)),
  getFeature: handle(routes.getFeature, ({ deps, params }) => getFeature(deps, params.id)),
  updateFeature: handle(routes.updateFeature, ({ deps, call, params, body }) =>
    updateFeature(deps, call, { id: params.id, change: body }),
  ),
  archiveFeature: handle(routes.archiveFeature, ({ deps, call, params }) =>
    archiveFeature(deps, call, params.id),
  ),
  unarchiveFeature: handle(routes.unarchiveFeature, ({ deps, call, params }) =>
    unarchiveFeature(deps, call, params.id),
  ),
};
