import express, { type RequestHandler } from "express";
import type { Deps } from "../../services/call.ts";
import { receiveStripeEvent } from "../../services/stripe-events/receive.ts";

const MOST_BYTES = 1_048_576;

// The bytes as they came: a body that was parsed and written again has another signature.
const readBytes = express.raw({ type: () => true, limit: MOST_BYTES, inflate: false });

/** What Stripe calls. It stands before everything that asks who calls: Stripe says so by its signature alone. */
export function stripeWebhook(deps: Deps): RequestHandler[] {
  return [
    readBytes,
    async (request, response) => {
      const body: unknown = request.body;
      const signature = request.headers["stripe-signature"];
      await receiveStripeEvent(deps, {
        body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
        signature: typeof signature === "string" ? signature : "",
      });
      response.status(200).json({ received: true });
    },
  ];
}
