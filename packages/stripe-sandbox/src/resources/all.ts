import type { Endpoint } from "../http/endpoint.ts";
import type { World } from "../world.ts";
import { accountEndpoints } from "./account/endpoints.ts";
import { chargeEndpoints } from "./charges/endpoints.ts";
import { checkoutSessionEndpoints } from "./checkout-sessions/endpoints.ts";
import { checkoutFollowsPayment, checkoutFollowsSetup } from "./checkout-sessions/follow.ts";
import { customerEndpoints } from "./customers/endpoints.ts";
import { disputeEndpoints } from "./disputes/endpoints.ts";
import { aftermathFollowsPayment } from "./disputes/aftermath.ts";
import { invoiceEndpoints } from "./invoices/endpoints.ts";
import { invoiceItemEndpoints } from "./invoices/item-endpoints.ts";
import { invoiceFollowsPayment } from "./invoices/pay.ts";
import { paymentIntentEndpoints } from "./payment-intents/endpoints.ts";
import { paymentMethodEndpoints } from "./payment-methods/endpoints.ts";
import { promotionCodeEndpoints } from "./promotion-codes/endpoints.ts";
import { refundEndpoints } from "./refunds/endpoints.ts";
import { setupIntentEndpoints } from "./setup-intents/endpoints.ts";

/** Every endpoint of the doubled resources. */
export const resourceEndpoints: readonly Endpoint[] = [
  ...accountEndpoints,
  ...customerEndpoints,
  ...paymentMethodEndpoints,
  ...paymentIntentEndpoints,
  ...chargeEndpoints,
  ...setupIntentEndpoints,
  ...refundEndpoints,
  ...disputeEndpoints,
  ...checkoutSessionEndpoints,
  ...promotionCodeEndpoints,
  ...invoiceEndpoints,
  ...invoiceItemEndpoints,
];

/** Has the resources that depend on payments follow them. */
export function listenToPayments(world: World): void {
  world.paymentListeners.push(checkoutFollowsPayment, invoiceFollowsPayment, aftermathFollowsPayment);
  world.setupListeners.push(checkoutFollowsSetup);
}
