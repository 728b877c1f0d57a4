import type {
  PaymentMethodSetup,
  PaymentMethodSetupInput,
  WidgetPaymentMethodSetup,
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
): Promise<WidgetPaymentMethodSetup> {
  gatewayOf(deps);
  const { setupKey, ...page } = input;
  if (page.returnUrl !== undefined) refuseForeign(deps, session, page.returnUrl);
  const { customerId } = session;
  return open(deps, call, { customerId, input: page, key: `widget:${setupKey}` });
}

/** Opens Stripe's page on which a card of a customer's is added. @throws ServiceError as `openCardPage` */
export async function setUpCard(
  deps: TopUpDeps,
  call: Pick<Call, "actor">,
  asked: Asked,
): Promise<PaymentMethodSetup> {
  const { url, clientSecret, publishableKey } = await open(deps, call, asked);
  return { url, clientSecret, publishableKey };
}

interface Asked {
  readonly customerId: string;
  readonly input: PaymentMethodSetupInput;
  readonly key: string;
}

function open(deps: TopUpDeps, call: Pick<Call, "actor">, { customerId, input, key }: Asked) {
  const { uiMode, returnUrl } = input;
  return openCardPage(deps, call, {
    ...{ customerId, pool: null, hasConsent: false, key, content: input, uiMode, returnUrl },
  });
}
