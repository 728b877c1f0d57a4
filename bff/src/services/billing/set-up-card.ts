import type {
  PaymentMethodSetup,
  PaymentMethodSetupInput,
  WidgetPaymentMethodSetupInput,
} from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import type { Call, Deps } from "../call.ts";
import { openCardPage } from "../card-pages/open.ts";
import { gatewayOf, type TopUpDeps } from "../top-ups/payments.ts";
import { refuseForeign } from "../top-ups/widget.ts";

/**
 * Opens Stripe's page on which a card is added, in a session's name. The same key is the same page.
 * @throws ServiceError `validation_failed` for a page on a foreign origin; as `openCardPage`
 */
export async function setUpWidgetCard(
  deps: Deps,
  call: Pick<Call, "actor">,
  { session, input }: { session: Session; input: WidgetPaymentMethodSetupInput },
): Promise<PaymentMethodSetup> {
  gatewayOf(deps);
  const { setupKey, ...page } = input;
  if (page.returnUrl !== undefined) refuseForeign(deps, session, page.returnUrl);
  return setUpCard(deps, call, { customerId: session.customerId, input: page, key: `widget:${setupKey}` });
}

/** Opens Stripe's page on which a card of a customer's is added. @throws ServiceError as `openCardPage` */
export async function setUpCard(
  deps: TopUpDeps,
  call: Pick<Call, "actor">,
  { customerId, input, key }: { customerId: string; input: PaymentMethodSetupInput; key: string },
): Promise<PaymentMethodSetup> {
  const { uiMode, returnUrl } = input;
  const { url, clientSecret, publishableKey } = await openCardPage(deps, call, {
    ...{ customerId, pool: null, hasConsent: false, key, content: input, uiMode, returnUrl },
  });
  return { url, clientSecret, publishableKey };
}
