import Stripe from "stripe";
import { z } from "zod";
import type { CardOwner, CardSetupView, NewCardSetup, NewConfirmation, PaymentView } from "../gateway.ts";
import { orNull, type StripeConnection } from "./connection.ts";
import { CUSTOMER_MARK, viewPayment } from "./views.ts";

const EXPAND = ["latest_charge"];

const reference = z
  .union([z.string(), z.looseObject({ id: z.string() })])
  .transform((value) => (typeof value === "string" ? value : value.id))
  .nullish()
  .transform((value) => value ?? null);
const setupSession = z
  .looseObject({
    id: z.string(),
    status: z.enum(["open", "complete", "expired"]),
    url: z.string().nullable(),
    client_secret: z.string().nullable(),
    customer: reference,
    setup_intent: z
      .union([z.string(), z.looseObject({ status: z.string(), payment_method: reference })])
      .nullish(),
  })
  .transform((session): CardSetupView => {
    const { setup_intent: setup } = session;
    const hasCard = typeof setup === "object" && setup?.status === "succeeded";
    return {
      id: session.id,
      status: session.status,
      url: session.url,
      clientSecret: session.client_secret,
      stripeCustomerId: session.customer,
      paymentMethodId: hasCard ? setup.payment_method : null,
    };
  });

/** Opens Stripe's page on which a card is added that may be charged when nobody is there. */
export async function createCardSetup(
  connection: StripeConnection,
  setup: NewCardSetup,
): Promise<CardSetupView> {
  const { idempotencyKey, uiMode, customerId } = setup;
  const mark = { [CUSTOMER_MARK]: customerId };
  const params: Stripe.Checkout.SessionCreateParams = {
    mode: "setup",
    customer: setup.stripeCustomerId,
    allowed_payment_method_types: ["card"],
    metadata: mark,
    setup_intent_data: { metadata: mark },
    expires_at: Math.floor(setup.expiresAtMs / 1000),
    ...(uiMode === "embedded"
      ? {
          ui_mode: "embedded_page" as const,
          return_url: setup.successUrl,
          redirect_on_completion: "if_required" as const,
        }
      : { ui_mode: "hosted_page" as const, success_url: setup.successUrl, cancel_url: setup.cancelUrl }),
  };
  return setupSession.parse(
    await connection.call((sdk) => sdk.checkout.sessions.create(params, { idempotencyKey })),
  );
}

export async function readCardSetup(connection: StripeConnection, id: string): Promise<CardSetupView> {
  return setupSession.parse(
    await connection.call((sdk) => sdk.checkout.sessions.retrieve(id, { expand: ["setup_intent"] })),
  );
}

/** Whose a card is; null for one that Stripe does not know. */
export async function readCardOwner(connection: StripeConnection, id: string): Promise<CardOwner | null> {
  const method = await orNull(connection.call((sdk) => sdk.paymentMethods.retrieve(id)));
  if (!method) return null;
  const { card } = method;
  const shown = card && {
    id: method.id,
    brand: card.brand,
    last4: card.last4,
    expiryMonth: card.exp_month,
    expiryYear: card.exp_year,
  };
  return { stripeCustomerId: reference.parse(method.customer), card: shown ?? null };
}

/** Asks for a payment again, its payer being there. A decline comes back as the payment that it left behind. */
export async function confirmPayment(
  connection: StripeConnection,
  { paymentId, paymentMethodId, returnUrl, idempotencyKey }: NewConfirmation,
): Promise<PaymentView> {
  const params = { payment_method: paymentMethodId, return_url: returnUrl, expand: EXPAND };
  return viewPayment(
    await connection.call(async (sdk) => {
      try {
        return await sdk.paymentIntents.confirm(paymentId, params, { idempotencyKey });
      } catch (error) {
        const declined = error instanceof Stripe.errors.StripeCardError ? error.payment_intent : undefined;
        if (declined) return declined;
        throw error;
      }
    }),
  );
}
