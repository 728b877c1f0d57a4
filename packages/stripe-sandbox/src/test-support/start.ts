import type { TestContext } from "node:test";
import Stripe from "stripe";
import { startStripeSandbox, type SandboxOptions, type StripeSandbox } from "../sandbox.ts";

/** A sandbox and the official client, pointed at it. */
export interface Started {
  sandbox: StripeSandbox;
  control: StripeSandbox["control"];
  stripe: Stripe;
}

/** Starts a sandbox that stops with the test; the client does not retry by itself. */
export async function startForTest(t: TestContext, options: SandboxOptions = {}): Promise<Started> {
  const sandbox = await startStripeSandbox(options);
  t.after(() => sandbox.close());
  return { sandbox, control: sandbox.control, stripe: clientOf(sandbox) };
}

/** The official client of a sandbox. */
export function clientOf(
  { url }: StripeSandbox,
  config: { key?: string; maxNetworkRetries?: number } = {},
): Stripe {
  const { key = "sk_test_sandbox", maxNetworkRetries = 0 } = config;
  const port = Number(new URL(url).port);
  return new Stripe(key, { host: "127.0.0.1", port, protocol: "http", telemetry: false, maxNetworkRetries });
}

/** A customer with a saved card, by its token. */
export async function saveCard(
  stripe: Stripe,
  token = "pm_card_visa",
): Promise<{ customer: string; card: string }> {
  const { id: customer } = await stripe.customers.create({ email: "buyer@example.com" });
  const { id: card } = await stripe.paymentMethods.attach(token, { customer });
  return { customer, card };
}

/** Pays a sum with a saved card, without the person. */
export function payOffSession(
  stripe: Stripe,
  saved: { customer: string; card: string },
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({
    amount: 2000,
    currency: "usd",
    customer: saved.customer,
    payment_method: saved.card,
    off_session: true,
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    ...more,
  });
}

/** A session for ten dollars on a hosted page. */
export function openCheckout(
  stripe: Stripe,
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Promise<Stripe.Checkout.Session> {
  return stripe.checkout.sessions.create({
    mode: "payment",
    success_url: "https://shop.test/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "https://shop.test/back",
    client_reference_id: "order_1",
    line_items: [
      {
        quantity: 2,
        price_data: { currency: "usd", unit_amount: 500, product_data: { name: "500 credits" } },
      },
    ],
    payment_intent_data: { metadata: { order: "order_1" } },
    ...more,
  });
}
