import { z } from "zod";
import type Stripe from "stripe";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { page, within } from "../../http/listing.ts";
import {
  amount,
  created,
  currency,
  decimal,
  flag,
  integer,
  mergeMetadata,
  metadata,
  paging,
  text,
} from "../../http/params.ts";
import { invalidRequest, resourceMissing } from "../../errors.ts";
import { newId, randomText } from "../../ids.ts";
import { need, needCustomer, type World } from "../../world.ts";

function needCoupon(world: World, id: string, param: string): Stripe.Coupon {
  const coupon = need(world.store.coupons, id, param);
  if (coupon.deleted) throw resourceMissing("coupon", id, param);
  return coupon;
}

/** Coupons and the codes that people type for them. */
export const promotionCodeEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/coupons",
    params: {
      id: text.optional(),
      amount_off: amount.optional(),
      currency: currency.optional(),
      percent_off: decimal.optional(),
      duration: z.enum(["forever", "once", "repeating"]).optional(),
      max_redemptions: integer.optional(),
      metadata: metadata.optional(),
      name: text.optional(),
      redeem_by: integer.optional(),
    },
    notDoubled: ["applies_to", "currency_options", "duration_in_months"],
    run({ world, params }) {
      const { amount_off = null, percent_off } = params;
      if ((amount_off === null) === (percent_off === undefined)) {
        throw invalidRequest("You must pass either amount_off or percent_off, and not both.", {
          param: "percent_off",
        });
      }
      if (amount_off !== null && params.currency === undefined) {
        throw invalidRequest("You must pass currency when passing amount_off", {
          code: "parameter_missing",
          param: "currency",
        });
      }
      if (params.id !== undefined && world.store.coupons.get(params.id)) {
        throw invalidRequest("Coupon already exists.", { code: "resource_already_exists", param: "id" });
      }
      const coupon: Stripe.Coupon = {
        id: params.id ?? randomText(8),
        object: "coupon",
        amount_off,
        created: world.clock.seconds(),
        currency: params.currency ?? null,
        duration: params.duration ?? "once",
        duration_in_months: null,
        livemode: false,
        max_redemptions: params.max_redemptions ?? null,
        metadata: mergeMetadata({}, params.metadata),
        name: params.name ?? null,
        percent_off: percent_off === undefined ? null : Number(percent_off),
        redeem_by: params.redeem_by ?? null,
        times_redeemed: 0,
        valid: true,
      };
      return world.store.coupons.add(coupon);
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/coupons",
    params: { ...paging, created: created.optional() },
    run: ({ world, params }) =>
      page(
        world.store.coupons.newestFirst().filter(({ deleted }) => !deleted),
        "/v1/coupons",
        params,
      ),
  }),
  endpoint({
    method: "get",
    path: "/v1/coupons/:id",
    params: {},
    run: ({ world, id }) => needCoupon(world, id, "id"),
  }),
  endpoint({
    method: "delete",
    path: "/v1/coupons/:id",
    params: {},
    run({ world, id }) {
      needCoupon(world, id, "id").valid = false;
      return world.store.coupons.add({ id, object: "coupon", deleted: true });
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/promotion_codes",
    params: {
      promotion: z.strictObject({ type: z.enum(["coupon"]), coupon: text }),
      active: flag.optional(),
      code: text.optional(),
      customer: text.optional(),
      expires_at: integer.optional(),
      max_redemptions: integer.optional(),
      metadata: metadata.optional(),
      restrictions: z
        .strictObject({ minimum_amount: amount.optional(), minimum_amount_currency: currency.optional() })
        .optional(),
    },
    run({ world, params }) {
      const coupon = needCoupon(world, params.promotion.coupon, "promotion[coupon]");
      if (params.customer !== undefined) needCustomer(world, params.customer);
      const code = (params.code ?? randomText(8)).toUpperCase();
      const taken = world.store.promotionCodes
        .newestFirst()
        .some((other) => other.active && other.code === code);
      if (taken)
        throw invalidRequest("An active promotion code with `code: " + code + "` already exists.", {
          param: "code",
        });
      const promotionCode: Stripe.PromotionCode = {
        id: newId("promo"),
        object: "promotion_code",
        active: params.active ?? true,
        code,
        created: world.clock.seconds(),
        customer: params.customer ?? null,
        customer_account: null,
        expires_at: params.expires_at ?? null,
        livemode: false,
        max_redemptions: params.max_redemptions ?? null,
        metadata: mergeMetadata({}, params.metadata),
        promotion: { coupon: coupon.id, type: "coupon" },
        restrictions: {
          first_time_transaction: false,
          minimum_amount: params.restrictions?.minimum_amount ?? null,
          minimum_amount_currency: params.restrictions?.minimum_amount_currency ?? null,
        },
        times_redeemed: 0,
      };
      return world.store.promotionCodes.add(promotionCode);
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/promotion_codes",
    params: { ...paging, active: flag.optional(), code: text.optional(), created: created.optional() },
    run({ world, params }) {
      const codes = world.store.promotionCodes
        .newestFirst()
        .filter(({ active }) => (params.active ?? active) === active)
        .filter(({ code }) => (params.code ?? code).toUpperCase() === code)
        .filter((promotionCode) => within(params.created, promotionCode.created));
      return page(codes, "/v1/promotion_codes", params);
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/promotion_codes/:id",
    params: {},
    run: ({ world, id }) => need(world.store.promotionCodes, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/promotion_codes/:id",
    params: { active: flag.optional(), metadata: metadata.optional() },
    run({ world, params, id }) {
      const promotionCode = need(world.store.promotionCodes, id);
      promotionCode.active = params.active ?? promotionCode.active;
      promotionCode.metadata = mergeMetadata(promotionCode.metadata ?? {}, params.metadata);
      return promotionCode;
    },
  }),
];
