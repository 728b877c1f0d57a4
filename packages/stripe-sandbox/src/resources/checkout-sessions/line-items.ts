import Stripe from "stripe";
import { invalidRequest } from "../../errors.ts";
import { mergeMetadata } from "../../http/params.ts";
import { newId } from "../../ids.ts";
import type { World } from "../../world.ts";
import type { SessionParams } from "./shape.ts";

type Item = NonNullable<SessionParams["line_items"]>[number];

/** The lines of a session, before discounts and tax. @throws StripeProblem when a price is missing or currencies differ. */
export function createLineItems(world: World, items: readonly Item[]): Stripe.LineItem[] {
  const currency = items[0]?.price_data.currency;
  return items.map((item, index) => {
    const { price_data: data, quantity } = item;
    if (data.currency !== currency) {
      throw invalidRequest("All line items must be of the same currency.", {
        param: `line_items[${index}][price_data][currency]`,
      });
    }
    if (quantity < 1)
      throw invalidRequest("Invalid positive integer", { param: `line_items[${index}][quantity]` });
    const unit = unitOf(item, index);
    const subtotal = Math.round(Number(unit) * quantity);
    return {
      id: newId("li"),
      object: "item",
      adjustable_quantity: null,
      amount_discount: 0,
      amount_subtotal: subtotal,
      amount_tax: 0,
      amount_total: subtotal,
      currency: data.currency,
      description: data.product_data.name,
      metadata: mergeMetadata({}, item.metadata),
      price: priceOf(world, { unit, currency: data.currency, taxBehavior: data.tax_behavior }),
      quantity,
    };
  });
}

function unitOf({ price_data: data }: Item, index: number): string {
  const given = data.unit_amount ?? data.unit_amount_decimal;
  if (given !== undefined) return String(given);
  const param = `line_items[${index}][price_data][unit_amount]`;
  throw invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

interface InlinePrice {
  unit: string;
  currency: string;
  taxBehavior: string | undefined;
}

function priceOf(world: World, { unit, currency, taxBehavior }: InlinePrice): Stripe.Price {
  return {
    id: newId("price"),
    object: "price",
    active: false,
    billing_scheme: "per_unit",
    created: world.clock.seconds(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: newId("prod", 14),
    recurring: null,
    tax_behavior: taxBehavior ?? "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: "one_time",
    unit_amount: Number.isInteger(Number(unit)) ? Number(unit) : null,
    unit_amount_decimal: Stripe.Decimal.from(unit),
  };
}
