import { ulid } from "ulid";
import { GatewayError } from "../../payments/gateway.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import {
  claimStripeCustomer,
  keepStripeCustomer,
  renewStripeCustomer,
  type StripeCustomerRow,
} from "../../storage/payments/stripe-customers.ts";
import { noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import { inTransaction } from "../../storage/transaction.ts";
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
  const claim = await claimStripeCustomer(writer, { customerId, stripeKey: newKey() });
  const { stripe_customer_id: known } = claim;
  if (known !== null) {
    // Whose it is may be missing after a crash; what the customer pays would be taken for somebody else's.
    await noteStripeObjects(writer, [{ object_id: known, customer_id: customerId, top_up_id: null }]);
    return known;
  }
  const made = await make(deps, claim);
  return inTransaction(deps.database, (transaction) =>
    keepStripeCustomer(transaction, { customerId, stripeCustomerId: made }),
  );
}

async function make(deps: TopUpDeps, claim: StripeCustomerRow): Promise<string> {
  if (deps.now() - claim.called_at.getTime() > KEY_LIFE_MS) return findOrMakeAnew(deps, claim);
  try {
    return await create(deps, claim);
  } catch (error) {
    if (!(error instanceof GatewayError) || !isKeyUsedUp(error)) throw error;
    return findOrMakeAnew(deps, claim);
  }
}

/** Looks for what the key has made; if that is nothing, the next call has another key, the same for all who come here. */
async function findOrMakeAnew(deps: TopUpDeps, claim: StripeCustomerRow): Promise<string> {
  const { writer } = deps.database;
  const { customer_id: customerId } = claim;
  const found = await gatewayOf(deps).findCustomer(customerId, claim.called_at.getTime());
  if (found !== null) return found;
  await renewStripeCustomer(writer, { customerId, was: claim, stripeKey: newKey() });
  const renewed = await claimStripeCustomer(writer, { customerId, stripeKey: newKey() });
  return renewed.stripe_customer_id ?? create(deps, renewed);
}

async function create(deps: TopUpDeps, claim: StripeCustomerRow): Promise<string> {
  const { customer_id: customerId, stripe_key: idempotencyKey } = claim;
  const customer = await findCustomer(deps.database.writer, customerId);
  if (!customer) throw unknown("customer", "customerId");
  const { name, email } = customer;
  return gatewayOf(deps).createCustomer({ customerId, name, email, idempotencyKey });
}

/**
 * Whether the key gives this answer for as long as Stripe keeps it: a fault of Stripe's own, or that the customer had another
 * name or address when it was first sent.
 */
function isKeyUsedUp({ code }: GatewayError): boolean {
  return code === "stripe_failed" || code === "idempotency_key_reused";
}

function newKey(): string {
  return `customer-${ulid()}`;
}

/** Forgets a counterpart that Stripe no longer has, unless there is another one by now. */
export async function forgetStripeCustomer(
  deps: Pick<TopUpDeps, "database">,
  customerId: string,
  stripeCustomerId: string,
): Promise<void> {
  const { writer } = deps.database;
  const was = await claimStripeCustomer(writer, { customerId, stripeKey: newKey() });
  if (was.stripe_customer_id !== stripeCustomerId) return;
  await renewStripeCustomer(writer, { customerId, was, stripeKey: newKey() });
}
