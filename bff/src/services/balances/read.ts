import type { Balance, WidgetBalances } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import { type BalanceFilter, readBalances } from "../../storage/pools/read-balances.ts";
import type { Call, Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { settleDue } from "./settle-due.ts";
import { balanceView, widgetBalanceView } from "./view.ts";

const HISTORY_LENGTH = 40;

/** What `readBalances` reads from. */
export type BalanceDeps = Pick<Deps, "database" | "pools">;

/**
 * A customer's balances as they stand now: what is due is settled first.
 * @throws ServiceError `not_found` when there is no such customer
 */
export async function readCustomerBalances(deps: Deps, call: Call, customerId: string): Promise<Balance[]> {
  const rows = await readSettled(deps, { customerId, historyLength: 0 }, call);
  if (rows.length === 0 && !(await findCustomer(deps.database.writer, customerId))) {
    throw unknown("customer");
  }
  return rows.map(balanceView);
}

/** A customer's balances as widgets draw them. */
export async function readWidgetBalances(
  deps: BalanceDeps,
  session: { customerId: string; scopes: readonly string[] },
  filter: Pick<BalanceFilter, "creditTypeId" | "resourceId"> = {},
): Promise<WidgetBalances> {
  const { customerId, scopes } = session;
  const rows = await readSettled(deps, { ...filter, customerId, historyLength: HISTORY_LENGTH });
  return { customerId, canTopUp: scopes.includes("top_up"), balances: rows.map(widgetBalanceView) };
}

async function readSettled(deps: BalanceDeps, filter: BalanceFilter, call?: Call) {
  const rows = await readBalances(deps.database.writer, filter);
  if (!rows.some((row) => row.due)) return rows;
  await settleDue(deps, filter.customerId, call);
  return readBalances(deps.database.writer, filter);
}
