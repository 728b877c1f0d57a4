import type { CheckoutView, PaymentView } from "../../payments/gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";

/** An order as it stands after a look at Stripe, with what was seen there. */
export interface Looked {
  readonly order: TopUpRow;
  readonly seen: { readonly checkout?: CheckoutView; readonly payment?: PaymentView } | null;
}
