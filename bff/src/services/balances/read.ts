import type { Balance, WidgetBalances } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { type BalanceFilter, readBalances } from "../../storage/pools/read-balances.ts";
import type { Call, Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { settleDue } from "./settle-due.ts";
import { findRunsOut } from "./runs-out.ts";
import { balanceView, widgetBalanceView } from "./view.ts";

const HISTORY_LENGTH = 40;

/** What balances are read from; by the process' own clock where there is none. */
export type BalanceDeps = Pick<Deps, "database" | "pools"> & Partial<Pick<Deps, "now">>;

/**
 * A customer's balances as they stand now: what is due is settled first.
 * @throws ServiceError `not_found` when there is no such customer
 */
export async function readCustomerBalances(deps: Deps, call: Call, customerId: string): Promise<Balance[]> {
  const rows = await readSettled(deps, { customerId, historyLength: 0 }, call);
  if (rows.length === 0 && !(await findCustomer(deps.database.writer, customerId))) {
    throw unknown("customer");
  }
  const runsOut = await findRunsOut(deps, customerId, rows);
  return rows.map((row) => balanceView(row, runsOut));
}

/** A customer's balances as widgets of a session draw them. */
export async function readWidgetBalances(
  deps: BalanceDeps,
  session: { customerId: string; scopes: readonly string[] },
  filter: Pick<BalanceFilter, "creditTypeId" | "resourceId"> = {},
): Promise<WidgetBalances> {
  return forSession(await readForStreams(deps, session.customerId, filter), session.scopes);
}

/** The same for all sessions of a customer: it allows nothing, and each may see what `forSession` makes of it. */
export async function readForStreams(
  deps: BalanceDeps,
  customerId: string,
  filter: Pick<BalanceFilter, "creditTypeId" | "resourceId"> = {},
): Promise<WidgetBalances> {
  const rows = await readSettled(deps, { ...filter, customerId, historyLength: HISTORY_LENGTH });
  const runsOut = await findRunsOut(deps, customerId, rows);
  const balances = rows.map((row) => widgetBalanceView(row, runsOut));
  return { customerId, canTopUp: false, canChangeSettings: false, balances };
}

/** What a session sees of balances that were read for all. */
export function forSession(balances: WidgetBalances, scopes: readonly string[]): WidgetBalances {
  const canChangeSettings = scopes.includes("settings");
  return {
    ...balances,
    canTopUp: scopes.includes("top_up"),
    canChangeSettings,
    balances: balances.balances.map((pool) => (canChangeSettings ? pool : { ...pool, autoTopUp: null })),
  };
}

async function readSettled(deps: BalanceDeps, filter: BalanceFilter, call?: Call) {
  const rows = await readBalances(deps.database.writer, filter);
  if (!rows.some((row) => row.due)) return rows;
  await settleDue(deps, filter.customerId, call);
  return readBalances(deps.database.writer, filter);
}
