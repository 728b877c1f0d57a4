import type Stripe from "stripe";
import { invalidRequest } from "../../errors.ts";
import { idOf, need, type World } from "../../world.ts";
import { writeTotals } from "./totals.ts";

interface Discount {
  couponId: string;
  promotionCodeId: string | null;
}

/** What a discount of a session's creation names. @throws StripeProblem when it cannot be used. */
export function discountOf(
  world: World,
  session: Stripe.Checkout.Session,
  { coupon, promotion_code }: { coupon?: string | undefined; promotion_code?: string | undefined },
): Discount {
  if (promotion_code !== undefined) {
    const code = need(world.store.promotionCodes, promotion_code, "discounts[0][promotion_code]");
    return usable(world, session, code);
  }
  const found = need(world.store.coupons, coupon ?? "", "discounts[0][coupon]");
  refuseCoupon(world, session, found);
  return { couponId: found.id, promotionCodeId: null };
}

/** A person typed a promotion code; an empty one takes the discount away. @throws StripeProblem when it does not count. */
export function applyPromotionCode(world: World, session: Stripe.Checkout.Session, typed: string): void {
  const details = world.store.checkouts.get(session.id);
  if (details === undefined || session.allow_promotion_codes !== true) {
    throw invalidRequest("This page takes no promotion codes.");
  }
  const code = typed.trim().toUpperCase();
  if (code === "") {
    Object.assign(details, { couponId: null, promotionCodeId: null });
    session.discounts = [];
  } else {
    const found = world.store.promotionCodes
      .newestFirst()
      .find((other) => other.active && other.code === code);
    if (found === undefined) throw invalidRequest("This promotion code is invalid.");
    const discount = usable(world, session, found);
    Object.assign(details, discount);
    session.discounts = [{ coupon: null, promotion_code: discount.promotionCodeId }];
  }
  writeTotals(world, session, details);
}

/** The session was paid: its code and coupon were used once more. */
export function countRedemption(world: World, session: Stripe.Checkout.Session): void {
  const details = world.store.checkouts.get(session.id);
  const code = world.store.promotionCodes.get(details?.promotionCodeId ?? "");
  const coupon = world.store.coupons.get(details?.couponId ?? "");
  if (code) {
    code.times_redeemed += 1;
    if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) code.active = false;
  }
  if (coupon && !coupon.deleted) {
    coupon.times_redeemed += 1;
    if (coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions)
      coupon.valid = false;
  }
}

function usable(world: World, session: Stripe.Checkout.Session, code: Stripe.PromotionCode): Discount {
  const coupon = world.store.coupons.get(idOf(code.promotion.coupon) ?? "");
  const { minimum_amount } = code.restrictions;
  const expired = code.expires_at !== null && code.expires_at <= world.clock.seconds();
  const foreign = code.customer !== null && code.customer !== session.customer;
  if (!code.active || expired || foreign || coupon === undefined)
    throw invalidRequest("This promotion code is invalid.");
  if (minimum_amount !== null && (session.amount_subtotal ?? 0) < minimum_amount) {
    throw invalidRequest("This promotion code needs a larger order.");
  }
  refuseCoupon(world, session, coupon);
  return { couponId: coupon.id, promotionCodeId: code.id };
}

function refuseCoupon(
  world: World,
  session: Stripe.Checkout.Session,
  coupon: Stripe.Coupon | Stripe.DeletedCoupon,
): void {
  const late = !coupon.deleted && coupon.redeem_by !== null && coupon.redeem_by <= world.clock.seconds();
  if (coupon.deleted || !coupon.valid || late)
    throw invalidRequest("This coupon is no longer valid.", { code: "coupon_expired" });
  if (coupon.currency !== null && coupon.currency !== session.currency) {
    throw invalidRequest("This coupon is of another currency.");
  }
}
