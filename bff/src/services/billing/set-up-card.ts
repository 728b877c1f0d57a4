import type {
  PaymentMethodSetup,
  PaymentMethodSetupInput,
  WidgetPaymentMethodSetupInput,
} from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import type { Deps } from "../call.ts";
import { digestOf } from "../replay.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { stripeCustomerOf } from "../top-ups/stripe-customer.ts";
import { refuseForeign } from "../top-ups/widget.ts";
import { told } from "./cards.ts";

const HOUR_MS = 60 * 60 * 1000;

/**
 * Opens Stripe's page on which a card is added, in a session's name. The same key is the same page.
 * @throws ServiceError `validation_failed` for a page on a foreign origin; `overloaded`
 */
export async function setUpWidgetCard(
  deps: Deps,
  { session, input }: { session: Session; input: WidgetPaymentMethodSetupInput },
): Promise<PaymentMethodSetup> {
  gatewayOf(deps);
  const { setupKey, ...page } = input;
  if (page.returnUrl !== undefined) refuseForeign(deps, session, page.returnUrl);
  return setUpCard(deps, { customerId: session.customerId, input: page, key: `widget:${setupKey}` });
}

/** Opens Stripe's page on which a card of a customer's is added. @throws ServiceError `overloaded` */
export function setUpCard(
  deps: TopUpDeps,
  { customerId, input, key }: { customerId: string; input: PaymentMethodSetupInput; key: string },
): Promise<PaymentMethodSetup> {
  const payments = gatewayOf(deps);
  const { uiMode = "hosted", returnUrl } = input;
  const back = (result: string): string => {
    if (returnUrl === undefined) return `${deps.selling.publicUrl}/stripe/card?result=${result}`;
    const address = new URL(returnUrl);
    address.searchParams.set("credits_card_setup_result", result);
    return address.href;
  };
  return told(async () => {
    const stripeCustomerId = await stripeCustomerOf(deps, customerId);
    // To the hour, so that asking again under the key says the same.
    const expiresAtMs = (Math.floor(deps.now() / HOUR_MS) + 2) * HOUR_MS;
    const page = await payments.createCardSetup({
      customerId,
      stripeCustomerId,
      uiMode,
      successUrl: back("success"),
      cancelUrl: back("cancelled"),
      expiresAtMs,
      idempotencyKey: `card-page-${digestOf([customerId, stripeCustomerId, key, input, expiresAtMs])}`,
    });
    const { writer } = deps.database;
    await noteStripeObjects(writer, [{ object_id: page.id, customer_id: customerId, top_up_id: null }]);
    const { url, clientSecret } = page;
    return { url, clientSecret, publishableKey: payments.publishableKey };
  });
}
