import type Stripe from "stripe";
import { newId } from "../../ids.ts";
import type { World } from "../../world.ts";

/** What a new customer may come with. */
export interface CustomerStart {
  email?: string | null | undefined;
  name?: string | null | undefined;
  metadata?: Record<string, string>;
}

/** Creates a customer and tells so. */
export function createCustomer(world: World, { email, name, metadata = {} }: CustomerStart): Stripe.Customer {
  const customer: Stripe.Customer = {
    id: newId("cus", 14),
    object: "customer",
    address: null,
    balance: 0,
    created: world.clock.seconds(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: email ?? null,
    invoice_prefix: newId("x", 7).slice(2).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata,
    name: name ?? null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
  return world.store.customers.add(customer);
}
