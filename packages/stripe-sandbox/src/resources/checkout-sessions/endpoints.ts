import { z } from "zod";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { narrowedPage, page } from "../../http/listing.ts";
import { created, mergeMetadata, metadata, paging, text } from "../../http/params.ts";
import { need } from "../../world.ts";
import { expireDue, expireSession } from "./expire.ts";
import { createSession } from "./session.ts";
import { SESSION_NOT_DOUBLED, sessionShape } from "./shape.ts";

/** Checkout sessions. */
export const checkoutSessionEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/checkout/sessions",
    params: sessionShape,
    notDoubled: SESSION_NOT_DOUBLED,
    run: ({ world, params }) => createSession(world, params),
  }),
  endpoint({
    method: "get",
    path: "/v1/checkout/sessions",
    params: {
      ...paging,
      created: created.optional(),
      customer: text.optional(),
      payment_intent: text.optional(),
      status: z.enum(["open", "complete", "expired"]).optional(),
    },
    run({ world, params }) {
      expireDue(world);
      const sessions = world.store.sessions.newestFirst();
      return narrowedPage(sessions, {
        url: "/v1/checkout/sessions",
        params,
        where: { customer: params.customer, payment_intent: params.payment_intent, status: params.status },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/checkout/sessions/:id",
    params: {},
    run({ world, id }) {
      expireDue(world);
      return need(world.store.sessions, id);
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/checkout/sessions/:id",
    params: { metadata: metadata.optional() },
    notDoubled: ["collected_information", "line_items", "payment_intent_data", "shipping_options"],
    run({ world, params, id }) {
      const session = need(world.store.sessions, id);
      session.metadata = mergeMetadata(session.metadata ?? {}, params.metadata);
      return session;
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/checkout/sessions/:id/expire",
    params: {},
    run({ world, id }) {
      expireDue(world);
      return expireSession(world, need(world.store.sessions, id));
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/checkout/sessions/:id/line_items",
    params: paging,
    run({ world, params, id }) {
      need(world.store.sessions, id);
      const items = world.store.checkouts.get(id)?.lineItems ?? [];
      return page(items, `/v1/checkout/sessions/${id}/line_items`, params);
    },
  }),
];
