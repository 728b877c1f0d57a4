import Stripe from "stripe";
import {
  GatewayError,
  type ListedPayment,
  type NewCharge,
  type OrderAtStripe,
  type PaymentView,
} from "../gateway.ts";
import { markOf } from "./checkouts.ts";
import { createdSince, type StripeConnection } from "./connection.ts";
import { orderNamedBy, viewPayment } from "./views.ts";

const EXPAND = ["latest_charge"];
const PAGE = 100;

/** Charges a saved card. A decline comes back as the payment that it left behind. */
export async function charge(connection: StripeConnection, wanted: NewCharge): Promise<PaymentView> {
  const params: Stripe.PaymentIntentCreateParams = {
    amount: Number(wanted.amountMinor),
    currency: wanted.currency,
    customer: wanted.stripeCustomerId,
    payment_method: wanted.paymentMethodId,
    allowed_payment_method_types: ["card"],
    description: wanted.title,
    metadata: markOf(wanted),
    confirm: true,
    // With the way back, Stripe names the bank's page where a payment has to be confirmed.
    ...(wanted.isOffSession ? { off_session: true } : { return_url: wanted.returnUrl }),
    expand: EXPAND,
  };
  const { idempotencyKey } = wanted;
  return viewPayment(
    await connection.call(async (sdk) => {
      try {
        return await sdk.paymentIntents.create(params, { idempotencyKey });
      } catch (error) {
        const declined = error instanceof Stripe.errors.StripeCardError ? error.payment_intent : undefined;
        if (declined) return declined;
        throw error;
      }
    }),
  );
}

export async function readPayment(connection: StripeConnection, id: string): Promise<PaymentView> {
  return viewPayment(await connection.call((sdk) => sdk.paymentIntents.retrieve(id, { expand: EXPAND })));
}

/** Stripe refuses to cancel what has succeeded or is on its way; then it has become something that matters more. */
export async function cancelPayment(connection: StripeConnection, id: string): Promise<PaymentView> {
  try {
    await connection.call((sdk) => sdk.paymentIntents.cancel(id, {}, { idempotencyKey: `cancel-${id}` }));
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== "refused") throw error;
  }
  return readPayment(connection, id);
}

export async function findPayment(
  connection: StripeConnection,
  { topUpId, stripeCustomerId, sinceMs }: OrderAtStripe,
): Promise<PaymentView | null> {
  for await (const intent of listed(connection, { sinceMs, stripeCustomerId })) {
    if (orderNamedBy(intent) === topUpId) return viewPayment(intent);
  }
  return null;
}

/** Payments since a moment that name an order, the newest first. Those of other products are none of ours to read. */
export async function* payments(
  connection: StripeConnection,
  sinceMs: number,
): AsyncGenerator<ListedPayment> {
  for await (const intent of listed(connection, { sinceMs })) {
    const topUpId = orderNamedBy(intent);
    if (topUpId !== null) yield { id: intent.id, topUpId, read: () => viewPayment(intent) };
  }
}

/** All since a moment, of one customer or of the account. */
async function* listed(
  connection: StripeConnection,
  { sinceMs, stripeCustomerId }: { sinceMs: number; stripeCustomerId?: string },
): AsyncGenerator<Stripe.PaymentIntent> {
  const created = createdSince(sinceMs);
  for (let startingAfter: string | undefined; ;) {
    const page: Stripe.ApiList<Stripe.PaymentIntent> = await connection.call((sdk) =>
      sdk.paymentIntents.list({
        created,
        limit: PAGE,
        ...(stripeCustomerId === undefined ? {} : { customer: stripeCustomerId }),
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    yield* page.data;
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return;
  }
}
