import express, { type Request, type Response, type Router } from "express";
import type Stripe from "stripe";
import { z } from "zod";
import { invalidRequest } from "../errors.ts";
import { problemAnswer } from "../http/answers.ts";
import { confirmPayment } from "../resources/payment-intents/confirm.ts";
import { confirmSetup } from "../resources/setup-intents/setup-intent.ts";
import type { World } from "../world.ts";

const confirmation = z.object({ payment_method: z.string().optional(), return_url: z.string().optional() });

/** What the browser's script asks about one payment or setup whose client secret it knows. */
export function browserIntents(world: World): Router {
  const router = express.Router();
  router.use("/_browser", (_request, response, next) => {
    response.set({ "Access-Control-Allow-Origin": "*", "Cache-Control": "no-store" });
    next();
  });
  router.get("/_browser/intents/:id", (request, response) => answer(response, () => find(world, request)));
  // Text, not JSON: a page of another origin may send it without asking first.
  router.post("/_browser/intents/:id/confirm", express.text({ type: () => true }), (request, response) =>
    answer(response, () => {
      const sent: unknown = JSON.parse(String(request.body));
      const { payment_method, return_url } = confirmation.parse(sent);
      const intent = find(world, request);
      if (intent.object === "setup_intent")
        confirmSetup(world, intent, { method: payment_method, returnUrl: return_url });
      else confirmPayment(world, intent, { paymentMethod: payment_method, returnUrl: return_url });
      return intent;
    }),
  );
  return router;
}

function find(world: World, request: Request): Stripe.PaymentIntent | Stripe.SetupIntent {
  const id = String(request.params["id"]);
  const intent = world.store.paymentIntents.get(id) ?? world.store.setupIntents.get(id);
  if (intent !== undefined && intent.client_secret === request.query["client_secret"]) return intent;
  throw invalidRequest("The client secret matches no payment.", {
    code: "resource_missing",
    param: "client_secret",
    status: 404,
  });
}

function answer(response: Response, work: () => object): void {
  try {
    response.json(work());
  } catch (error) {
    const { status, body } = problemAnswer(error);
    response.status(status).json(body);
  }
}
