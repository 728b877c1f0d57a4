import { routes } from "@credits-kit/contract";
import { handle } from "../../http/handle.ts";
import { readCustomerBalances } from "../../services/balances/read.ts";
import { listLedger } from "../../services/ledger/list.ts";

export const poolHandlers = {
  getBalances: handle(routes.getBalances, async ({ deps, call, params }) => ({
    balances: await readCustomerBalances(deps, call, params.id),
  })),
  listLedger: handle(routes.listLedger, ({ deps, call, query }) => listLedger(deps, call, query)),
};
