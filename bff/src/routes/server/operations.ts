import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { readReconciliation } from "../../services/reconciliation/read.ts";
import { readSettingsNow } from "../../services/settings/get.ts";
import { updateSettings } from "../../services/settings/update.ts";

export const operationHandlers = {
  getSettings: handle(routes.getSettings, ({ deps }) => readSettingsNow(deps)),
  updateSettings: handle(routes.updateSettings, ({ deps, call, body }) => updateSettings(deps, call, body)),
  getReconciliation: handle(routes.getReconciliation, ({ deps }) => readReconciliation(deps)),
};
