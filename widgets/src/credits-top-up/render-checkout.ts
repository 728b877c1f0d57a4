import { writeMoney } from "../paying/money.ts";
import { renderCheckoutFrame } from "../paying/render-checkout.ts";
import type { CreditsTopUpState } from "./credits-top-up.types.ts";
import { creditsText, type TopUpView } from "./top-up-view.ts";

type Checkout = Extract<CreditsTopUpState, { type: "checkout" }>;

/** The dialog around Stripe's form: what is paid for, and the way out. */
export function renderCheckout({ order, ready }: Checkout, view: TopUpView) {
  const { texts, lang, actions } = view;
  return renderCheckoutFrame({
    title: texts.pay(writeMoney(order.total, lang)),
    caption: creditsText(order.credits, view),
    loading: texts.formLoading,
    ready,
    closeLabel: texts.close,
    close: actions.close,
  });
}
