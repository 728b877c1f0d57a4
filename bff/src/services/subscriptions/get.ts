import type { Subscription } from "@credits-kit/contract";
import { findSubscription } from "../../storage/customers/subscriptions.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { customerOfSubscription } from "./settle-around.ts";
import { toSubscription } from "./to-subscription.ts";

/** Reads a subscription. @throws ServiceError `not_found` */
export async function getSubscription(deps: Deps, id: string): Promise<Subscription> {
  const customerId = await customerOfSubscription(deps, id);
  const row = await findSubscription(deps.database.writer, { customerId, id });
  if (!row) throw unknown("subscription");
  return toSubscription(row);
}
