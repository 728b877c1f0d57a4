import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { archiveCreditType } from "../../services/credit-types/archive.ts";
import { createCreditType } from "../../services/credit-types/create.ts";
import { getCreditType } from "../../services/credit-types/get.ts";
import { listCreditTypes } from "../../services/credit-types/list.ts";
import { unarchiveCreditType } from "../../services/credit-types/unarchive.ts";
import { updateCreditType } from "../../services/credit-types/update.ts";

export const creditTypeHandlers = {
  createCreditType: handle(routes.createCreditType, ({ deps, call, body }) =>
    createCreditType(deps, call, body),
  ),
  listCreditTypes: handle(routes.listCreditTypes, ({ deps, query }) => listCreditTypes(deps, query)),
  getCreditType: handle(routes.getCreditType, ({ deps, params }) => getCreditType(deps, params.id)),
  updateCreditType: handle(routes.updateCreditType, ({ deps, call, params, body }) =>
    updateCreditType(deps, call, { id: params.id, change: body }),
  ),
  archiveCreditType: handle(routes.archiveCreditType, ({ deps, call, params }) =>
    archiveCreditType(deps, call, params.id),
  ),
  unarchiveCreditType: handle(routes.unarchiveCreditType, ({ deps, call, params }) =>
    unarchiveCreditType(deps, call, params.id),
  ),
};
