import type Stripe from "stripe";
import type { CheckoutView, NewCheckout, OrderAtStripe, OrderMark } from "../gateway.ts";
import { GatewayError } from "../gateway.ts";
import { createdSince, type StripeConnection } from "./connection.ts";
import { CUSTOMER_MARK, orderNamedBy, TOP_UP_MARK, viewCheckout } from "./views.ts";

const EXPAND = ["payment_intent.latest_charge"];
const PAGE = 100;

/** What every object that is made for an order carries. */
export function markOf({ topUpId, customerId }: OrderMark): Record<string, string> {
  return { [TOP_UP_MARK]: topUpId, [CUSTOMER_MARK]: customerId };
}

export async function createCheckout(
  connection: StripeConnection,
  checkout: NewCheckout,
): Promise<CheckoutView> {
  const { idempotencyKey } = checkout;
  const params = toParams(checkout);
  return viewCheckout(
    await connection.call((sdk) => sdk.checkout.sessions.create(params, { idempotencyKey })),
  );
}

function toParams(checkout: NewCheckout): Stripe.Checkout.SessionCreateParams {
  const { amountMinor, currency, title, stripeCustomerId, topUpId, uiMode, savesCard } = checkout;
  const mark = markOf(checkout);
  return {
    mode: "payment",
    customer: stripeCustomerId,
    client_reference_id: topUpId,
    // On the payment too: what becomes of it later, refunds and disputes, names the payment only.
    metadata: mark,
    payment_intent_data: {
      metadata: mark,
      description: title,
      ...(savesCard ? { setup_future_usage: "off_session" as const } : {}),
    },
    line_items: [
      {
        quantity: 1,
        price_data: { currency, unit_amount: Number(amountMinor), product_data: { name: title } },
      },
    ],
    expires_at: Math.floor(checkout.expiresAtMs / 1000),
    ...(checkout.promotionCodes ? { allow_promotion_codes: true } : {}),
    ...(checkout.automaticTax
      ? { automatic_tax: { enabled: true }, customer_update: { address: "auto" as const } }
      : {}),
    ...(uiMode === "embedded"
      ? {
          ui_mode: "embedded_page" as const,
          return_url: checkout.successUrl,
          redirect_on_completion: "if_required" as const,
        }
      : {
          ui_mode: "hosted_page" as const,
          success_url: checkout.successUrl,
          cancel_url: checkout.cancelUrl,
        }),
  };
}

export async function readCheckout(connection: StripeConnection, id: string): Promise<CheckoutView> {
  return viewCheckout(await connection.call((sdk) => sdk.checkout.sessions.retrieve(id, { expand: EXPAND })));
}

/** Stripe refuses to close what is not open; then it has become something that matters more. */
export async function expireCheckout(connection: StripeConnection, id: string): Promise<CheckoutView> {
  try {
    await connection.call((sdk) => sdk.checkout.sessions.expire(id, {}, { idempotencyKey: `expire-${id}` }));
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== "refused") throw error;
  }
  return readCheckout(connection, id);
}

/** The order that a session names; most of an account may be another product's, and such as no order has. */
export async function orderOfCheckout(connection: StripeConnection, id: string): Promise<string | null> {
  return orderNamedBy(await connection.call((sdk) => sdk.checkout.sessions.retrieve(id)));
}

/** The session that a payment was made in; null for a payment without one. */
export async function checkoutOfPayment(
  connection: StripeConnection,
  paymentId: string,
): Promise<CheckoutView | null> {
  const { data } = await connection.call((sdk) =>
    sdk.checkout.sessions.list({ payment_intent: paymentId, limit: 1 }),
  );
  const [session] = data;
  return session ? readCheckout(connection, session.id) : null;
}

export async function findCheckout(
  connection: StripeConnection,
  { topUpId, stripeCustomerId, sinceMs }: OrderAtStripe,
): Promise<CheckoutView | null> {
  const created = createdSince(sinceMs);
  for (let startingAfter: string | undefined; ;) {
    const page: Stripe.ApiList<Stripe.Checkout.Session> = await connection.call((sdk) =>
      sdk.checkout.sessions.list({
        customer: stripeCustomerId,
        created,
        limit: PAGE,
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    const found = page.data.find((session) => orderNamedBy(session) === topUpId);
    if (found) return readCheckout(connection, found.id);
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return null;
  }
}
