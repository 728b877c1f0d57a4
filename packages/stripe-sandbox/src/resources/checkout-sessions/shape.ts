import { z } from "zod";
import {
  amount,
  clearable,
  currency,
  decimal,
  email,
  flag,
  integer,
  metadata,
  text,
  url,
} from "../../http/params.ts";

const enabled = z.strictObject({ enabled: flag });
const message = clearable(z.strictObject({ message: text.max(1200) }));

const priceData = z.strictObject({
  currency,
  product_data: z.strictObject({
    name: text,
    description: text.optional(),
    images: z.array(text).max(8).optional(),
    metadata: metadata.optional(),
    tax_code: text.optional(),
  }),
  tax_behavior: z.enum(["inclusive", "exclusive", "unspecified"]).optional(),
  unit_amount: amount.optional(),
  unit_amount_decimal: decimal.optional(),
});

/** What a session's create takes. */
export const sessionShape = {
  adaptive_pricing: enabled.optional(),
  allow_promotion_codes: flag.optional(),
  allowed_payment_method_types: z.array(text).optional(),
  automatic_tax: enabled.optional(),
  billing_address_collection: z.enum(["auto", "required"]).optional(),
  cancel_url: url.optional(),
  client_reference_id: text.max(200).optional(),
  consent_collection: z
    .strictObject({
      payment_method_reuse_agreement: z.strictObject({ position: z.enum(["auto", "hidden"]) }).optional(),
      promotions: z.enum(["auto", "none"]).optional(),
      terms_of_service: z.enum(["none", "required"]).optional(),
    })
    .optional(),
  currency: currency.optional(),
  custom_text: z
    .strictObject({
      after_submit: message.optional(),
      shipping_address: message.optional(),
      submit: message.optional(),
      terms_of_service_acceptance: message.optional(),
    })
    .optional(),
  customer: text.optional(),
  customer_creation: z.enum(["always", "if_required"]).optional(),
  customer_email: email.optional(),
  customer_update: z
    .strictObject({
      address: z.enum(["auto", "never"]).optional(),
      name: z.enum(["auto", "never"]).optional(),
    })
    .optional(),
  discounts: z
    .array(z.strictObject({ coupon: text.optional(), promotion_code: text.optional() }))
    .max(1)
    .optional(),
  expires_at: integer.optional(),
  line_items: z
    .array(z.strictObject({ metadata: metadata.optional(), price_data: priceData, quantity: integer }))
    .max(100)
    .optional(),
  locale: text.optional(),
  metadata: metadata.optional(),
  mode: z.enum(["payment", "setup", "subscription"]),
  payment_intent_data: z
    .strictObject({
      description: text.optional(),
      metadata: metadata.optional(),
      receipt_email: email.optional(),
      setup_future_usage: z.enum(["on_session", "off_session"]).optional(),
      statement_descriptor: text.max(22).optional(),
      statement_descriptor_suffix: text.max(22).optional(),
    })
    .optional(),
  payment_method_collection: z.enum(["always", "if_required"]).optional(),
  phone_number_collection: enabled.optional(),
  redirect_on_completion: z.enum(["always", "if_required", "never"]).optional(),
  return_url: url.optional(),
  saved_payment_method_options: z
    .strictObject({
      allow_redisplay_filters: z.array(z.enum(["always", "limited", "unspecified"])).optional(),
      payment_method_remove: z.enum(["enabled", "disabled"]).optional(),
      payment_method_save: z.enum(["enabled", "disabled"]).optional(),
    })
    .optional(),
  setup_intent_data: z
    .strictObject({ description: text.optional(), metadata: metadata.optional() })
    .optional(),
  submit_type: z.enum(["auto", "book", "donate", "pay", "subscribe"]).optional(),
  success_url: url.optional(),
  ui_mode: z.enum(["elements", "embedded_page", "form", "hosted_page"]).optional(),
};

/** The parameters as they were read. */
export type SessionParams = z.output<z.ZodObject<typeof sessionShape>>;

/** What Stripe has beyond them. */
export const SESSION_NOT_DOUBLED = [
  "after_expiration",
  "branding_settings",
  "custom_fields",
  "customer_account",
  "excluded_payment_method_types",
  "integration_identifier",
  "invoice_creation",
  "managed_payments",
  "name_collection",
  "optional_items",
  "origin_context",
  "payment_method_configuration",
  "payment_method_data",
  "payment_method_options",
  "permissions",
  "shipping_address_collection",
  "shipping_options",
  "subscription_data",
  "tax_id_collection",
  "wallet_options",
] as const;
