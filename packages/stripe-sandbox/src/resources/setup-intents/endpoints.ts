import { z } from "zod";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { narrowedPage } from "../../http/listing.ts";
import { clearable, created, flag, mergeMetadata, metadata, paging, text, url } from "../../http/params.ts";
import { invalidRequest } from "../../errors.ts";
import { need, needCustomer } from "../../world.ts";
import { takePaymentMethod } from "../payment-methods/payment-method.ts";
import { confirmSetup, createSetupIntent } from "./setup-intent.ts";

const NOT_DOUBLED = [
  "attach_to_self",
  "confirmation_token",
  "flow_directions",
  "mandate_data",
  "payment_method_data",
  "payment_method_options",
  "single_use",
] as const;

/** Setup intents: saving a payment method without paying. */
export const setupIntentEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/setup_intents",
    params: {
      allowed_payment_method_types: z.array(text).optional(),
      automatic_payment_methods: z
        .strictObject({ enabled: flag, allow_redirects: z.enum(["always", "never"]).optional() })
        .optional(),
      confirm: flag.optional(),
      customer: text.optional(),
      description: text.optional(),
      metadata: metadata.optional(),
      payment_method: text.optional(),
      return_url: url.optional(),
      usage: z.enum(["on_session", "off_session"]).optional(),
      use_stripe_sdk: flag.optional(),
    },
    notDoubled: NOT_DOUBLED,
    run({ world, params }) {
      if (params.customer !== undefined) needCustomer(world, params.customer);
      const method =
        params.payment_method === undefined ? undefined : takePaymentMethod(world, params.payment_method);
      const setup = createSetupIntent(world, {
        customer: params.customer,
        description: params.description,
        metadata: mergeMetadata({}, params.metadata),
        usage: params.usage,
        allowed: params.allowed_payment_method_types,
      });
      if (method) {
        setup.payment_method = method.id;
        setup.status = "requires_confirmation";
      }
      if (params.confirm === true) confirmSetup(world, setup, { returnUrl: params.return_url });
      return setup;
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/setup_intents",
    params: {
      ...paging,
      created: created.optional(),
      customer: text.optional(),
      payment_method: text.optional(),
    },
    run({ world, params }) {
      const setups = world.store.setupIntents.newestFirst();
      return narrowedPage(setups, {
        url: "/v1/setup_intents",
        params,
        where: { customer: params.customer, payment_method: params.payment_method },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/setup_intents/:id",
    params: { client_secret: text.optional() },
    run: ({ world, id }) => need(world.store.setupIntents, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/setup_intents/:id",
    params: {
      description: clearable(text).optional(),
      metadata: metadata.optional(),
      payment_method: text.optional(),
    },
    run({ world, params, id }) {
      const setup = need(world.store.setupIntents, id);
      if (params.description !== undefined) setup.description = params.description;
      if (params.payment_method !== undefined) {
        setup.payment_method = takePaymentMethod(world, params.payment_method).id;
        setup.status = "requires_confirmation";
      }
      setup.metadata = mergeMetadata(setup.metadata ?? {}, params.metadata);
      return setup;
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/setup_intents/:id/confirm",
    params: { payment_method: text.optional(), return_url: url.optional(), use_stripe_sdk: flag.optional() },
    notDoubled: NOT_DOUBLED,
    run({ world, params, id }) {
      const setup = need(world.store.setupIntents, id);
      confirmSetup(world, setup, { method: params.payment_method, returnUrl: params.return_url });
      return setup;
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/setup_intents/:id/cancel",
    params: { cancellation_reason: z.enum(["abandoned", "requested_by_customer", "duplicate"]).optional() },
    run({ world, params, id }) {
      const setup = need(world.store.setupIntents, id);
      if (setup.status === "succeeded" || setup.status === "canceled") {
        throw invalidRequest(
          `You cannot cancel this SetupIntent because it has a status of ${setup.status}.`,
          {
            code: "setup_intent_unexpected_state",
          },
        );
      }
      setup.status = "canceled";
      setup.cancellation_reason = params.cancellation_reason ?? null;
      setup.next_action = null;
      world.emit("setup_intent.canceled", setup);
      return setup;
    },
  }),
];
