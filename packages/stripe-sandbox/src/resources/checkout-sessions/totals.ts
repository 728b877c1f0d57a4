import type Stripe from "stripe";
import type { World } from "../../world.ts";
import type { CheckoutDetails } from "./details.ts";

/** Works out what each line and the whole session cost, with the discount and the tax of this moment. */
export function writeTotals(world: World, session: Stripe.Checkout.Session, details: CheckoutDetails): void {
  const subtotal = sum(details.lineItems.map((item) => item.amount_subtotal));
  let discountLeft = discountOn(world, details, subtotal);
  let subtotalLeft = subtotal;
  for (const item of details.lineItems) {
    const share = subtotalLeft === 0 ? 0 : Math.round((discountLeft * item.amount_subtotal) / subtotalLeft);
    discountLeft -= share;
    subtotalLeft -= item.amount_subtotal;
    const base = item.amount_subtotal - share;
    const percent = details.taxed ? world.settings.taxPercent : 0;
    const included = item.price?.tax_behavior === "inclusive";
    item.amount_discount = share;
    item.amount_tax = Math.round(included ? base - base / (1 + percent / 100) : (base * percent) / 100);
    item.amount_total = included ? base : base + item.amount_tax;
  }
  session.amount_subtotal = subtotal;
  session.amount_total = sum(details.lineItems.map((item) => item.amount_total));
  session.total_details = {
    amount_discount: sum(details.lineItems.map((item) => item.amount_discount)),
    amount_shipping: 0,
    amount_tax: sum(details.lineItems.map((item) => item.amount_tax)),
  };
}

function discountOn(world: World, { couponId }: CheckoutDetails, subtotal: number): number {
  const coupon = couponId === null ? undefined : world.store.coupons.get(couponId);
  if (coupon === undefined || coupon.deleted) return 0;
  const { amount_off, percent_off } = coupon;
  return Math.min(subtotal, amount_off ?? Math.round((subtotal * (percent_off ?? 0)) / 100));
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
