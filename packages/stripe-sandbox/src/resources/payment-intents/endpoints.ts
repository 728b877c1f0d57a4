import { z } from "zod";
import { before } from "../../events/before.ts";
import { invalidRequest } from "../../errors.ts";
import { refuseUncharged } from "../../http/amounts.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { narrowedPage } from "../../http/listing.ts";
import {
  amount,
  clearable,
  created,
  currency,
  email,
  flag,
  integer,
  mergeMetadata,
  paging,
  text,
  url,
} from "../../http/params.ts";
import { searchPage } from "../../http/search.ts";
import { need, needCustomer, type World } from "../../world.ts";
import { takePaymentMethod } from "../payment-methods/payment-method.ts";
import { confirmPayment, unexpected } from "./confirm.ts";
import { NOT_DOUBLED, describedShape, updatePayment } from "./describe.ts";
import { allowTypes, createPaymentIntent, tellListeners } from "./payment-intent.ts";

const confirmShape = {
  allowed_payment_method_types: z.array(text).optional(),
  error_on_requires_action: flag.optional(),
  off_session: flag.optional(),
  payment_method: text.optional(),
  receipt_email: clearable(email).optional(),
  return_url: url.optional(),
  setup_future_usage: clearable(z.enum(["on_session", "off_session"])).optional(),
  use_stripe_sdk: flag.optional(),
};

/** Stripe wants to know where to send a person whenever a method might redirect. */
const returnMissing = (): Error =>
  invalidRequest(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  );

const searchable = (world: World): Record<string, unknown>[] =>
  world.store.paymentIntents.newestFirst().map((payment) => ({ ...payment }));

/** Payment intents. */
export const paymentIntentEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/payment_intents",
    params: {
      ...confirmShape,
      ...describedShape,
      amount,
      currency,
      customer: text.optional(),
      automatic_payment_methods: z
        .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
        .optional(),
      confirm: flag.optional(),
    },
    notDoubled: NOT_DOUBLED,
    run({ world, params }) {
      const { automatic_payment_methods: automatic, allowed_payment_method_types: allowed } = params;
      refuseUncharged(params.amount, params.currency);
      if (params.customer !== undefined) needCustomer(world, params.customer);
      const confirm = params.confirm === true;
      for (const name of ["off_session", "error_on_requires_action", "return_url"] as const) {
        if (params[name] !== undefined && !confirm) {
          throw invalidRequest(
            `The parameter \`${name}\` cannot be passed when creating a PaymentIntent unless \`confirm\` is set to true.`,
            { param: name },
          );
        }
      }
      const method =
        params.payment_method === undefined ? undefined : takePaymentMethod(world, params.payment_method);
      const redirects =
        automatic?.enabled !== false && automatic?.allow_redirects !== "never" && allowed === undefined;
      if (confirm && redirects && params.return_url === undefined) throw returnMissing();
      const payment = createPaymentIntent(world, {
        amount: params.amount,
        currency: params.currency,
        customer: params.customer,
        description: params.description,
        metadata: mergeMetadata({}, params.metadata),
        receiptEmail: params.receipt_email,
        setupFutureUsage: params.setup_future_usage,
        allowed,
        automatic: automatic && {
          enabled: automatic.enabled,
          ...(automatic.allow_redirects && { allow_redirects: automatic.allow_redirects }),
        },
        statementDescriptor: params.statement_descriptor ?? undefined,
      });
      if (method) {
        payment.payment_method = method.id;
        payment.status = "requires_confirmation";
      }
      if (confirm) {
        confirmPayment(world, payment, {
          offSession: params.off_session ?? false,
          returnUrl: params.return_url,
          errorOnRequiresAction: params.error_on_requires_action ?? false,
        });
      }
      return payment;
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/payment_intents",
    params: { ...paging, created: created.optional(), customer: text.optional() },
    run({ world, params }) {
      if (params.customer !== undefined) needCustomer(world, params.customer);
      const payments = world.store.paymentIntents.newestFirst();
      return narrowedPage(payments, {
        url: "/v1/payment_intents",
        params,
        where: { customer: params.customer },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/payment_intents/search",
    params: { query: text, limit: integer.optional(), page: text.optional() },
    run: ({ world, params }) =>
      searchPage(world, searchable(world), { ...params, url: "/v1/payment_intents/search" }),
  }),
  endpoint({
    method: "get",
    path: "/v1/payment_intents/:id",
    params: { client_secret: text.optional() },
    run: ({ world, id }) => need(world.store.paymentIntents, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_intents/:id",
    params: {
      ...describedShape,
      allowed_payment_method_types: z.array(text).optional(),
      amount: amount.optional(),
      currency: currency.optional(),
      customer: text.optional(),
      payment_method: text.optional(),
      receipt_email: clearable(email).optional(),
      setup_future_usage: clearable(z.enum(["on_session", "off_session"])).optional(),
    },
    notDoubled: NOT_DOUBLED,
    run({ world, params, id }) {
      const payment = need(world.store.paymentIntents, id);
      allowTypes(world, payment, params.allowed_payment_method_types);
      return updatePayment(world, payment, params);
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_intents/:id/confirm",
    params: confirmShape,
    notDoubled: NOT_DOUBLED,
    run({ world, params, id }) {
      const payment = need(world.store.paymentIntents, id);
      const automatic = payment.automatic_payment_methods;
      allowTypes(world, payment, params.allowed_payment_method_types);
      const redirects = automatic?.enabled === true && automatic.allow_redirects !== "never";
      const asks =
        redirects && payment.allowed_payment_method_types === null && payment.status !== "succeeded";
      if (asks && params.return_url === undefined) throw returnMissing();
      if (params.setup_future_usage !== undefined) payment.setup_future_usage = params.setup_future_usage;
      if (params.receipt_email !== undefined) payment.receipt_email = params.receipt_email;
      confirmPayment(world, payment, {
        paymentMethod: params.payment_method,
        offSession: params.off_session ?? false,
        returnUrl: params.return_url,
        errorOnRequiresAction: params.error_on_requires_action ?? false,
      });
      return payment;
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/payment_intents/:id/cancel",
    params: {
      cancellation_reason: z
        .enum(["duplicate", "fraudulent", "requested_by_customer", "abandoned"])
        .optional(),
    },
    run({ world, params, id }) {
      const payment = need(world.store.paymentIntents, id);
      const open = [
        "requires_payment_method",
        "requires_confirmation",
        "requires_action",
        "requires_capture",
      ];
      if (!open.includes(payment.status)) {
        throw unexpected(
          payment,
          `You cannot cancel this PaymentIntent because it has a status of ${payment.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${open.join(", ")}.`,
        );
      }
      const previous = before(payment);
      payment.status = "canceled";
      payment.canceled_at = world.clock.seconds();
      payment.cancellation_reason = params.cancellation_reason ?? null;
      payment.next_action = null;
      world.emit("payment_intent.canceled", payment, previous());
      tellListeners(world, payment, "canceled");
      return payment;
    },
  }),
];
