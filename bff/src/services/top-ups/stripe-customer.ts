import { ulid } from "ulid";
import { findCustomer } from "../../storage/customers/customers.ts";
import {
  claimStripeCustomer,
  keepStripeCustomer,
  renewStripeCustomer,
} from "../../storage/payments/stripe-customers.ts";
import { noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import { unknown } from "../unknown.ts";
import { gatewayOf, type TopUpDeps } from "./payments.ts";

/** Stripe forgets an idempotency key after a day; before that, sending it again makes nothing twice. */
export const KEY_LIFE_MS = 23 * 60 * 60 * 1000;

/**
 * The customer's counterpart at Stripe, made at the first need. The key of the call is kept before the call, so that any
 * number of first buyers at once, and a process that died between call and answer, make one.
 * @throws GatewayError, ServiceError `not_found`
 */
export async function stripeCustomerOf(deps: TopUpDeps, customerId: string): Promise<string> {
  const { writer } = deps.database;
  const payments = gatewayOf(deps);
  const newKey = () => `customer-${ulid()}`;
  const claim = await claimStripeCustomer(writer, { customerId, stripeKey: newKey() });
  if (claim.stripe_customer_id !== null) return claim.stripe_customer_id;
  const customer = await findCustomer(writer, customerId);
  if (!customer) throw unknown("customer", "customerId");
  const calledAtMs = claim.called_at.getTime();
  let made: string | null = null;
  let idempotencyKey = claim.stripe_key;
  if (deps.now() - calledAtMs > KEY_LIFE_MS) {
    made = await payments.findCustomer(customerId, calledAtMs);
    idempotencyKey = newKey();
    if (made === null)
      await renewStripeCustomer(writer, { customerId, was: claim, stripeKey: idempotencyKey });
  }
  const { name, email } = customer;
  made ??= await payments.createCustomer({ customerId, name, email, idempotencyKey });
  const stripeCustomerId = await keepStripeCustomer(writer, { customerId, stripeCustomerId: made });
  await noteStripeObjects(writer, [
    { object_id: stripeCustomerId, customer_id: customerId, top_up_id: null },
  ]);
  return stripeCustomerId;
}

/** Forgets a counterpart that Stripe no longer has, unless there is another one by now. */
export async function forgetStripeCustomer(
  deps: Pick<TopUpDeps, "database">,
  customerId: string,
  stripeCustomerId: string,
): Promise<void> {
  const { writer } = deps.database;
  const was = await claimStripeCustomer(writer, { customerId, stripeKey: `customer-${ulid()}` });
  if (was.stripe_customer_id !== stripeCustomerId) return;
  await renewStripeCustomer(writer, { customerId, was, stripeKey: `customer-${ulid()}` });
}
