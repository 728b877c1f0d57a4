import { z } from "zod";
import type Stripe from "stripe";
import { before } from "../../events/before.ts";
import { invalidRequest } from "../../errors.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { narrowedPage } from "../../http/listing.ts";
import { amount, created, mergeMetadata, metadata, paging, text } from "../../http/params.ts";
import { idOf, need, type World } from "../../world.ts";
import { createRefund, moveRefund } from "./refund.ts";

function chargeOf(
  world: World,
  params: { charge?: string | undefined; payment_intent?: string | undefined },
): Stripe.Charge {
  if (params.charge !== undefined) return need(world.store.charges, params.charge, "charge");
  if (params.payment_intent === undefined) {
    throw invalidRequest(
      "One of the following params should be provided for this request: payment_intent or charge.",
    );
  }
  const payment = need(world.store.paymentIntents, params.payment_intent, "payment_intent");
  const charge = world.store.charges.get(idOf(payment.latest_charge) ?? "");
  if (charge === undefined || payment.status !== "succeeded") {
    throw invalidRequest(`This PaymentIntent (${payment.id}) does not have a successful charge to refund.`);
  }
  return charge;
}

/** Refunds. */
export const refundEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/refunds",
    params: {
      amount: amount.optional(),
      charge: text.optional(),
      payment_intent: text.optional(),
      metadata: metadata.optional(),
      reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
    },
    notDoubled: ["instructions_email", "origin", "refund_application_fee", "reverse_transfer"],
    run({ world, params }) {
      const charge = chargeOf(world, params);
      return createRefund(world, charge, {
        amount: params.amount,
        reason: params.reason,
        metadata: mergeMetadata({}, params.metadata),
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/refunds",
    params: {
      ...paging,
      charge: text.optional(),
      created: created.optional(),
      payment_intent: text.optional(),
    },
    run({ world, params }) {
      const refunds = world.store.refunds.newestFirst();
      return narrowedPage(refunds, {
        url: "/v1/refunds",
        params,
        where: { charge: params.charge, payment_intent: params.payment_intent },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/refunds/:id",
    params: {},
    run: ({ world, id }) => need(world.store.refunds, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/refunds/:id",
    params: { metadata: metadata.optional() },
    run({ world, params, id }) {
      const refund = need(world.store.refunds, id);
      const previous = before(refund);
      refund.metadata = mergeMetadata(refund.metadata ?? {}, params.metadata);
      world.emit("refund.updated", refund, previous());
      return refund;
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/refunds/:id/cancel",
    params: {},
    run({ world, id }) {
      const refund = need(world.store.refunds, id);
      if (refund.status !== "pending") throw invalidRequest("Only a pending refund can be canceled.");
      return moveRefund(world, refund, "canceled");
    },
  }),
];
