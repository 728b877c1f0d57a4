import { routes } from "@credits-kit/contract";
import { handle, handleStream } from "../../http/handle.ts";
import { readWidgetLedger } from "../../services/ledger/widget.ts";
import { sendWidgetLedger } from "../../services/ledger/widget-file.ts";

export const widgetLedgerHandlers = {
  getWidgetLedger: handle(routes.getWidgetLedger, ({ deps, call, session: { customerId }, query }) =>
    readWidgetLedger(deps, call, { customerId, query }),
  ),
  downloadWidgetLedger: handleStream(
    routes.downloadWidgetLedger,
    ({ deps, call, session: { customerId }, query, response }) =>
      sendWidgetLedger(deps, call, { customerId, query, response }),
  ),
};
