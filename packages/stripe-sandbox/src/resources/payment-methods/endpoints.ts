import { z } from "zod";
import { findTestCard } from "../../cards/card.ts";
import { before } from "../../events/before.ts";
import { invalidRequest } from "../../errors.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { page } from "../../http/listing.ts";
import { integer, mergeMetadata, metadata, paging, text } from "../../http/params.ts";
import { need, needCustomer } from "../../world.ts";
import {
  attachPaymentMethod,
  createPaymentMethod,
  detachPaymentMethod,
  paymentMethodsOf,
  takePaymentMethod,
} from "./payment-method.ts";

const TOKENS: Record<string, string> = {
  tok_visa: "pm_card_visa",
  tok_chargeDeclined: "pm_card_chargeDeclined",
};

const billingDetails = z.strictObject({
  email: text.optional(),
  name: text.optional(),
  phone: text.optional(),
});

const updateShape = {
  allow_redisplay: z.enum(["always", "limited", "unspecified"]).optional(),
  billing_details: billingDetails.optional(),
  card: z.strictObject({ exp_month: integer.optional(), exp_year: integer.optional() }).optional(),
  metadata: metadata.optional(),
};

/** Payment methods. */
export const paymentMethodEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/payment_methods",
    params: {
      type: z.enum(["card", "us_bank_account"]),
      card: z.strictObject({ token: text }).optional(),
      billing_details: billingDetails.optional(),
      metadata: metadata.optional(),
    },
    run({ world, params }) {
      const name = params.type === "card" ? TOKENS[params.card?.token ?? ""] : "pm_usBankAccount_processing";
      const card = findTestCard(name ?? "");
      // As Stripe does for accounts that may not handle card numbers: those go through its own pages.
      if (card === undefined)
        throw invalidRequest("Send a test token; card numbers belong on the hosted pages.", {
          param: "card",
        });
      const method = createPaymentMethod(world, card, params.billing_details);
      method.metadata = mergeMetadata({}, params.metadata);
      return method;
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/payment_methods",
    params: { ...paging, customer: text.optional(), type: text.optional() },
    run({ world, params }) {
      if (params.customer === undefined) return page([], "/v1/payment_methods", params);
      needCustomer(world, params.customer);
      const methods = paymentMethodsOf(world, params.customer);
      return page(
        methods.filter(({ type }) => (params.type ?? type) === type),
        "/v1/payment_methods",
        params,
      );
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/payment_methods/:id",
    params: {},
    run: ({ world, id }) => takePaymentMethod(world, id, "id"),
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_methods/:id",
    params: updateShape,
    run({ world, params, id }) {
      const method = need(world.store.paymentMethods, id);
      const previous = before(method);
      if (params.allow_redisplay) method.allow_redisplay = params.allow_redisplay;
      Object.assign(method.billing_details, params.billing_details);
      if (method.card && params.card) Object.assign(method.card, params.card);
      method.metadata = mergeMetadata(method.metadata ?? {}, params.metadata);
      world.emit("payment_method.updated", method, previous());
      return method;
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_methods/:id/attach",
    params: { customer: text },
    run: ({ world, params, id }) => attachPaymentMethod(world, id, params.customer),
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_methods/:id/detach",
    params: {},
    run: ({ world, id }) => detachPaymentMethod(world, need(world.store.paymentMethods, id)),
  }),
];
