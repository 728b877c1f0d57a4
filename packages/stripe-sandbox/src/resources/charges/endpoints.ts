import { before } from "../../events/before.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { narrowedPage } from "../../http/listing.ts";
import { clearable, created, email, mergeMetadata, metadata, paging, text } from "../../http/params.ts";
import { need } from "../../world.ts";

/** Charges: made by payments, read and described here. */
export const chargeEndpoints: Endpoint[] = [
  endpoint({
    method: "get",
    path: "/v1/charges",
    params: {
      ...paging,
      created: created.optional(),
      customer: text.optional(),
      payment_intent: text.optional(),
    },
    run({ world, params }) {
      const charges = world.store.charges.newestFirst();
      return narrowedPage(charges, {
        url: "/v1/charges",
        params,
        where: { customer: params.customer, payment_intent: params.payment_intent },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/charges/:id",
    params: {},
    run: ({ world, id }) => need(world.store.charges, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/charges/:id",
    params: {
      description: clearable(text).optional(),
      metadata: metadata.optional(),
      receipt_email: clearable(email).optional(),
    },
    run({ world, params, id }) {
      const charge = need(world.store.charges, id);
      const previous = before(charge);
      if (params.description !== undefined) charge.description = params.description;
      if (params.receipt_email !== undefined) charge.receipt_email = params.receipt_email;
      charge.metadata = mergeMetadata(charge.metadata, params.metadata);
      world.emit("charge.updated", charge, previous());
      return charge;
    },
  }),
];
