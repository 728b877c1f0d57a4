import type Stripe from "stripe";
import { refuseUncharged } from "../../http/amounts.ts";
import { mergeMetadata } from "../../http/params.ts";
import { randomText } from "../../ids.ts";
import type { World } from "../../world.ts";
import { allowedTypes } from "../payment-intents/payment-intent.ts";
import { createSetupIntent } from "../setup-intents/setup-intent.ts";
import type { CheckoutDetails } from "./details.ts";
import { discountOf } from "./discount.ts";
import { createLineItems } from "./line-items.ts";
import { refuseSession } from "./refuse.ts";
import type { SessionParams } from "./shape.ts";
import { writeTotals } from "./totals.ts";

const DAY = 24 * 60 * 60;

/** Opens a session: a page on which a person pays, or saves a card. @throws StripeProblem when Stripe would refuse it. */
export function createSession(world: World, params: SessionParams): Stripe.Checkout.Session {
  refuseSession(world, params);
  const lineItems = createLineItems(world, params.line_items ?? []);
  const session = emptySession(world, params, lineItems[0]?.currency);
  const details = detailsOf(params, lineItems);
  const [discount] = params.discounts ?? [];
  if (discount) {
    const { couponId, promotionCodeId } = discountOf(world, session, discount);
    Object.assign(details, { couponId, promotionCodeId });
    session.discounts = [
      { coupon: promotionCodeId === null ? couponId : null, promotion_code: promotionCodeId },
    ];
  }
  world.store.checkouts.set(session.id, details);
  if (params.mode === "setup") openSetup(world, session, params);
  else {
    writeTotals(world, session, details);
    const total = session.amount_total ?? 0;
    if (total > 0) refuseUncharged(total, session.currency ?? "usd", "line_items");
  }
  return world.store.sessions.add(session);
}

function openSetup(world: World, session: Stripe.Checkout.Session, params: SessionParams): void {
  const setup = createSetupIntent(world, {
    customer: params.customer,
    description: params.setup_intent_data?.description,
    metadata: mergeMetadata({}, params.setup_intent_data?.metadata),
    allowed: params.allowed_payment_method_types,
  });
  session.setup_intent = setup.id;
  session.payment_status = "no_payment_required";
}

function detailsOf(params: SessionParams, lineItems: Stripe.LineItem[]): CheckoutDetails {
  const data = params.payment_intent_data;
  return {
    lineItems,
    payment: {
      description: data?.description ?? null,
      metadata: mergeMetadata({}, data?.metadata),
      receiptEmail: data?.receipt_email ?? null,
      setupFutureUsage: data?.setup_future_usage ?? null,
      statementDescriptor: data?.statement_descriptor ?? null,
    },
    taxed: params.automatic_tax?.enabled === true,
    couponId: null,
    promotionCodeId: null,
  };
}

function emptySession(
  world: World,
  params: SessionParams,
  currency: string | undefined,
): Stripe.Checkout.Session {
  const id = `cs_test_a1${randomText(58)}`;
  const embedded = params.ui_mode === "embedded_page";
  const now = world.clock.seconds();
  const paying = params.mode === "payment";
  return {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? false },
    after_expiration: null,
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: taxOf(params),
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: embedded ? `${id}_secret_${randomText(40)}` : null,
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    consent: null,
    consent_collection: consentOf(params),
    created: now,
    currency: currency ?? params.currency ?? null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: params.custom_text?.after_submit ?? null,
      shipping_address: params.custom_text?.shipping_address ?? null,
      submit: params.custom_text?.submit ?? null,
      terms_of_service_acceptance: params.custom_text?.terms_of_service_acceptance ?? null,
    },
    customer: params.customer ?? null,
    customer_account: null,
    customer_creation:
      params.customer !== undefined ? null : (params.customer_creation ?? (paying ? "if_required" : null)),
    customer_details: detailsOfCustomer(world, params),
    customer_email: params.customer_email ?? null,
    discounts: [],
    expires_at: params.expires_at ?? now + DAY,
    integration_identifier: null,
    invoice: null,
    invoice_creation: paying ? noInvoice() : null,
    livemode: false,
    locale: params.locale ?? null,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    mode: params.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: paying ? "if_required" : null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: allowedTypes(world, params.allowed_payment_method_types),
    payment_status: "unpaid",
    permissions: null,
    phone_number_collection: { enabled: params.phone_number_collection?.enabled ?? false },
    recovered_from: null,
    ...(embedded && { redirect_on_completion: params.redirect_on_completion ?? "always" }),
    ...(params.return_url !== undefined && { return_url: params.return_url }),
    saved_payment_method_options: savedOptionsOf(params),
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    total_details: null,
    ui_mode: params.ui_mode ?? "hosted_page",
    url: embedded ? null : `${world.url()}/c/pay/${id}`,
    wallet_options: null,
  };
}

function taxOf({ automatic_tax }: SessionParams): Stripe.Checkout.Session.AutomaticTax {
  const enabled = automatic_tax?.enabled === true;
  return {
    enabled,
    liability: enabled ? { type: "self" } : null,
    provider: enabled ? "stripe" : null,
    status: enabled ? "complete" : null,
  };
}

function consentOf({
  consent_collection: consent,
}: SessionParams): Stripe.Checkout.Session.ConsentCollection | null {
  if (consent === undefined) return null;
  return {
    payment_method_reuse_agreement: consent.payment_method_reuse_agreement ?? null,
    promotions: consent.promotions ?? "none",
    terms_of_service: consent.terms_of_service ?? "none",
  };
}

function savedOptionsOf({
  saved_payment_method_options: saved,
  customer,
}: SessionParams): Stripe.Checkout.Session.SavedPaymentMethodOptions | null {
  if (saved === undefined && customer === undefined) return null;
  return {
    allow_redisplay_filters: saved?.allow_redisplay_filters ?? ["always"],
    payment_method_remove: saved?.payment_method_remove ?? "disabled",
    payment_method_save: saved?.payment_method_save ?? null,
  };
}

function detailsOfCustomer(
  world: World,
  { customer: id, customer_email }: SessionParams,
): Stripe.Checkout.Session.CustomerDetails | null {
  const customer = id === undefined ? undefined : world.store.customers.get(id);
  if (customer === undefined || customer.deleted)
    return customer_email === undefined ? null : customerDetails({ email: customer_email });
  return customerDetails({ email: customer.email, name: customer.name });
}

/** Who pays, as the session shows it. */
export function customerDetails({
  email,
  name,
}: {
  email?: string | null | undefined;
  name?: string | null | undefined;
}): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email: email ?? null,
    individual_name: null,
    name: name ?? null,
    phone: null,
    tax_exempt: "none",
    tax_ids: [],
  };
}

function noInvoice(): Stripe.Checkout.Session.InvoiceCreation {
  return {
    enabled: false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: null,
      metadata: {},
      rendering_options: null,
    },
  };
}
