import type { TopUp, WidgetTopUp } from "@credits-kit/contract";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import { findTopUp, historiesOf, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { unknown } from "../unknown.ts";
import { lookIfOpen } from "./look.ts";
import type { TopUpDeps } from "./payments.ts";
import { viewTopUp, viewWidgetTopUp } from "./view.ts";

/** Reads an order, as it stands now. @throws ServiceError `not_found` */
export async function getTopUp(deps: TopUpDeps, id: string): Promise<TopUp> {
  const looked = await lookIfOpen(deps, await needTopUp(deps, id), "status_read");
  const { customer_id } = looked.order;
  return viewTopUp(deps, looked, await historiesOf(deps.database.writer, customer_id, [id]));
}

/** How an order of a widget's customer stands. @throws ServiceError `not_found`, also for another customer's */
export async function getWidgetTopUp(
  deps: TopUpDeps,
  { id, customerId }: { id: string; customerId: string },
): Promise<WidgetTopUp> {
  const order = await needTopUp(deps, id, customerId);
  return viewWidgetTopUp(deps, await lookIfOpen(deps, order, "status_read"));
}

/** The order with this id, of this customer if one is named. @throws ServiceError `not_found` */
export async function needTopUp(
  { database: { writer } }: Pick<TopUpDeps, "database">,
  id: string,
  customerId?: string,
): Promise<TopUpRow> {
  const owner = await findCustomerOf(writer, id);
  const isTheirs = owner !== null && (customerId === undefined || customerId === owner);
  const order = isTheirs ? await findTopUp(writer, { customer_id: owner, top_up_id: id }) : undefined;
  if (!order) throw unknown("top-up");
  return order;
}
