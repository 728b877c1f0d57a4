import { ServiceError } from "../../errors.ts";
import { insertStripeEvent } from "../../storage/payments/stripe-events.ts";
import type { Deps } from "../call.ts";
import { gatewayOf } from "../top-ups/payments.ts";

/**
 * Stores what Stripe tells, in one statement, and has it looked at later: Stripe waits for the answer, and so may a buyer.
 * What is stored already is a success too.
 * @throws ServiceError `bad_request` for what Stripe did not sign for us, or not lately
 */
export async function receiveStripeEvent(
  deps: Pick<Deps, "database" | "payments" | "stripeEventsChanged">,
  { body, signature }: { body: Buffer; signature: string },
): Promise<void> {
  const event = gatewayOf(deps).readEvent(body, signature);
  if (!event) throw new ServiceError("bad_request", "The signature is not one of this endpoint's secrets.");
  const isNew = await insertStripeEvent(deps.database.writer, {
    event_id: event.id,
    type: event.type,
    object_id: event.objectId,
    is_live: event.isLive,
    api_version: event.apiVersion,
    account: event.account,
    happened_at: new Date(event.happenedAtMs),
  });
  if (isNew) deps.stripeEventsChanged();
}
