import type Stripe from "stripe";
import { invalidRequest } from "../../errors.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { page, within } from "../../http/listing.ts";
import { created, email, mergeMetadata, paging, text } from "../../http/params.ts";
import { before } from "../../events/before.ts";
import { need, needCustomer, type World } from "../../world.ts";
import {
  attachPaymentMethod,
  findPaymentMethod,
  paymentMethodsOf,
} from "../payment-methods/payment-method.ts";
import { createCustomer } from "./customer.ts";
import { CUSTOMER_NOT_DOUBLED, customerShape, type CustomerParams } from "./shape.ts";

function applyParams(world: World, customer: Stripe.Customer, params: CustomerParams): void {
  const { address, description, email, metadata, name, phone, preferred_locales, tax_exempt } = params;
  const defaultMethod = params.invoice_settings?.default_payment_method;
  if (defaultMethod !== undefined) {
    if (defaultMethod !== null && findPaymentMethod(world, defaultMethod)?.customer !== customer.id) {
      throw invalidRequest(
        `The customer does not have a payment method with the ID ${defaultMethod}. The payment method must be attached to the customer.`,
        { code: "resource_missing", param: "invoice_settings[default_payment_method]" },
      );
    }
    customer.invoice_settings.default_payment_method = defaultMethod;
  }
  if (address !== undefined) {
    customer.address = address && {
      city: address.city ?? null,
      country: address.country ?? null,
      line1: address.line1 ?? null,
      line2: address.line2 ?? null,
      postal_code: address.postal_code ?? null,
      state: address.state ?? null,
    };
  }
  if (description !== undefined) customer.description = description;
  if (email !== undefined) customer.email = email;
  if (name !== undefined) customer.name = name;
  if (phone !== undefined) customer.phone = phone;
  if (preferred_locales !== undefined) customer.preferred_locales = preferred_locales;
  if (tax_exempt !== undefined) customer.tax_exempt = tax_exempt ?? "none";
  customer.metadata = mergeMetadata(customer.metadata, metadata);
}

/** Customers. */
export const customerEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/customers",
    params: { ...customerShape, payment_method: text.optional() },
    notDoubled: CUSTOMER_NOT_DOUBLED,
    run({ world, params }) {
      const { payment_method, ...rest } = params;
      const customer = createCustomer(world, {});
      if (payment_method !== undefined) attachPaymentMethod(world, payment_method, customer.id);
      applyParams(world, customer, rest);
      world.emit("customer.created", customer);
      return customer;
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/customers",
    params: { ...paging, created: created.optional(), email: email.optional() },
    run({ world, params }) {
      const customers = world.store.customers
        .newestFirst()
        .filter((customer) => !customer.deleted)
        .filter((customer) => params.email === undefined || customer.email === params.email)
        .filter((customer) => within(params.created, customer.created));
      return page(customers, "/v1/customers", params);
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/customers/:id",
    params: {},
    run: ({ world, id }) => need(world.store.customers, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/customers/:id",
    params: customerShape,
    notDoubled: CUSTOMER_NOT_DOUBLED,
    run({ world, params, id }) {
      const customer = needCustomer(world, id, "id");
      const previous = before(customer);
      applyParams(world, customer, params);
      world.emit("customer.updated", customer, previous());
      return customer;
    },
  }),
  endpoint({
    method: "delete",
    path: "/v1/customers/:id",
    params: {},
    run({ world, id }) {
      const customer = needCustomer(world, id, "id");
      for (const method of paymentMethodsOf(world, id)) method.customer = null;
      world.emit("customer.deleted", customer);
      return world.store.customers.add({ id, object: "customer", deleted: true });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/customers/:id/payment_methods",
    params: { ...paging, type: text.optional(), allow_redisplay: text.optional() },
    run({ world, params, id }) {
      needCustomer(world, id, "id");
      const methods = paymentMethodsOf(world, id).filter(({ type }) => (params.type ?? type) === type);
      return page(methods, `/v1/customers/${id}/payment_methods`, params);
    },
  }),
];
