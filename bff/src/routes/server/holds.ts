import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { captureHold } from "../../services/holds/capture.ts";
import { extendHold } from "../../services/holds/extend.ts";
import { listHolds } from "../../services/holds/list.ts";
import { placeHold } from "../../services/holds/place.ts";
import { releaseHold } from "../../services/holds/release.ts";

export const holdHandlers = {
  placeHold: handle(routes.placeHold, ({ deps, call, body }) => placeHold(deps, call, body)),
  listHolds: handle(routes.listHolds, ({ deps, call, query }) => listHolds(deps, call, query)),
  captureHold: handle(routes.captureHold, ({ deps, call, body }) => captureHold(deps, call, body)),
  releaseHold: handle(routes.releaseHold, ({ deps, call, body }) => releaseHold(deps, call, body)),
  extendHold: handle(routes.extendHold, ({ deps, call, body }) => extendHold(deps, call, body)),
};
