import { routes } from "@credits-kit/contract";
import { handle, handleUnparsed } from "../../http/handle.ts";
import { readCustomerBalances } from "../../services/balances/read.ts";
import { answerEvents } from "../../services/events/answer.ts";
import { createGrant } from "../../services/grants/create.ts";
import { getGrant } from "../../services/grants/get.ts";
import { listGrants } from "../../services/grants/list.ts";
import { listLedger } from "../../services/ledger/list.ts";

export const creditHandlers = {
  getBalances: handle(routes.getBalances, async ({ deps, call, params }) => ({
    balances: await readCustomerBalances(deps, call, params.id),
  })),
  createGrant: handle(routes.createGrant, ({ deps, call, body }) => createGrant(deps, call, body)),
  listGrants: handle(routes.listGrants, ({ deps, call, query }) => listGrants(deps, call, query)),
  getGrant: handle(routes.getGrant, ({ deps, call, params }) => getGrant(deps, call, params.id)),
  // Each item of a batch is judged on its own, so the body is not parsed as one.
  reportEvents: handleUnparsed(routes.reportEvents, ({ deps, call, body }) => answerEvents(deps, call, body)),
  listLedger: handle(routes.listLedger, ({ deps, call, query }) => listLedger(deps, call, query)),
};
