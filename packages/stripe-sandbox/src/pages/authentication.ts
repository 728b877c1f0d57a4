import type { Request, Response } from "express";
import type Stripe from "stripe";
import { StripeProblem } from "../errors.ts";
import { completeAuthentication } from "../resources/payment-intents/confirm.ts";
import { completeSetupAuthentication } from "../resources/setup-intents/setup-intent.ts";
import type { World } from "../world.ts";
import { formOf } from "./form-body.ts";
import { html } from "./html.ts";
import { notice, sendPage } from "./layout.ts";
import { money } from "./money.ts";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** The bank's page: it asks the person to confirm a payment or a setup. */
export function showAuthentication(world: World, request: Request, response: Response): void {
  const intent = find(world, request);
  if (intent === undefined)
    return sendPage(response, {
      title: "Not found",
      body: notice("Not found", "There is nothing to confirm here."),
      status: 404,
      framed: true,
    });
  if (intent.status !== "requires_action") return showOver(intent, response);
  const what =
    intent.object === "payment_intent"
      ? html`a payment of <strong>${money(intent.amount, intent.currency)}</strong>`
      : html`that your card is saved`;
  sendPage(response, {
    title: "Confirm · Sandbox bank",
    framed: true,
    body: html`<form class="card" method="post" action="">
      <h1>Sandbox bank</h1>
      <p>Your bank asks you to confirm ${what}.</p>
      <button class="primary" type="submit" name="answer" value="confirm">Complete</button>
      <button type="submit" name="answer" value="refuse">Fail</button>
    </form>`,
  });
}

/** Takes the person's answer and leads back to where the payment was made. */
export function submitAuthentication(world: World, request: Request, response: Response): void {
  const intent = find(world, request);
  if (intent?.status !== "requires_action") return showAuthentication(world, request, response);
  const confirmed = formOf(request)["answer"] === "confirm";
  const back = intent.next_action?.redirect_to_url?.return_url;
  let succeeded = confirmed;
  try {
    if (intent.object === "setup_intent") completeSetupAuthentication(world, intent, confirmed);
    else completeAuthentication(world, intent, confirmed);
  } catch (error) {
    if (!(error instanceof StripeProblem)) throw error;
    succeeded = false;
  }
  // In a frame of the browser's script the answer stays where it is.
  if (back && request.query["stay"] === undefined)
    return response.redirect(303, withStatus(back, intent, succeeded));
  showOver(intent, response);
}

function showOver(intent: Intent, response: Response): void {
  const done = intent.status === "succeeded" || intent.status === "processing";
  sendPage(response, {
    title: done ? "Confirmed" : "Not confirmed",
    framed: true,
    data: html` data-answered="${intent.id}" data-status="${intent.status}"`,
    body: done
      ? notice("Confirmed", "Thank you. You can close this page.")
      : notice("Not confirmed", "Nothing was charged. Go back and try again, or use another card."),
  });
}

/** As Stripe leads back: the page learns which intent it was and how it went. */
function withStatus(back: string, intent: Intent, succeeded: boolean): string {
  const url = new URL(back);
  const name = intent.object;
  url.searchParams.set(name, intent.id);
  url.searchParams.set(`${name}_client_secret`, intent.client_secret ?? "");
  url.searchParams.set("redirect_status", succeeded ? "succeeded" : "failed");
  return url.href;
}

function find(world: World, request: Request): Intent | undefined {
  const id = String(request.params["id"]);
  const intent = world.store.paymentIntents.get(id) ?? world.store.setupIntents.get(id);
  return intent?.client_secret === request.query["client_secret"] ? intent : undefined;
}
