import type { Request, Response } from "express";
import type Stripe from "stripe";
import { StripeProblem } from "../errors.ts";
import { applyPromotionCode } from "../resources/checkout-sessions/discount.ts";
import { expireDue } from "../resources/checkout-sessions/expire.ts";
import { payCheckout } from "../resources/checkout-sessions/pay.ts";
import { idOf, type World } from "../world.ts";
import type { CardEntry } from "./card-form.ts";
import { checkoutBody } from "./checkout-body.ts";
import { entryOf, formOf, meansOf } from "./form-body.ts";
import { html } from "./html.ts";
import { notice, sendPage } from "./layout.ts";

/** What the checkout pages work with. */
export interface CheckoutPages {
  world: World;
  /** Resolves when the webhook endpoint has answered, or after ten seconds: so long Stripe waits before it leads back. */
  delivered: () => Promise<void>;
}

/** How a session is shown: on a page of its own, or in a frame. */
export type Place = "pay" | "embed";

/** Shows a session's page. */
export function showCheckout(
  { world }: CheckoutPages,
  place: Place,
  { request, response }: { request: Request; response: Response },
): void {
  expireDue(world);
  const session = find(world, place, request);
  if (session === undefined)
    return sendPage(response, {
      title: "Not found",
      body: notice("Not found", "There is no such checkout."),
      status: 404,
    });
  const back = request.query["back"] !== undefined;
  if (session.status === "open") {
    const problem = back ? refusal(world, session) : undefined;
    return showOpen(world, { session, place, response, entry: {}, problem });
  }
  // Back from the bank's question: lead on as if the person had just paid.
  if (session.status === "complete" && back) return leadOn(session, place, response);
  showOver(session, place, response);
}

/** Takes what a person sent on a session's page: a payment, a promotion code, or a test card to fill in. */
export async function submitCheckout(
  pages: CheckoutPages,
  place: Place,
  { request, response }: { request: Request; response: Response },
): Promise<void> {
  const { world } = pages;
  expireDue(world);
  const session = find(world, place, request);
  if (session?.status !== "open") return showCheckout(pages, place, { request, response });
  const form = formOf(request);
  const entry = entryOf(form);
  const shown = { session, place, response, entry };
  if (form["fill"] !== undefined) return showOpen(world, shown);
  try {
    if (form["action"] === "promotion" || form["action"] === "remove_promotion") {
      applyPromotionCode(
        world,
        session,
        form["action"] === "promotion" ? (form["promotion_code"] ?? "") : "",
      );
      return showOpen(world, shown);
    }
    const step = payCheckout(world, session, {
      means: session.amount_total === 0 && session.mode === "payment" ? "" : meansOf(entry),
      email: form["email"] || undefined,
      save: form["save"] === "on",
      returnUrl: `${pathOf(world, session, place)}${place === "embed" ? "&" : "?"}back=1`,
    });
    if (step.state === "asks") return response.redirect(303, step.url);
    await pages.delivered();
    leadOn(session, place, response);
  } catch (error) {
    if (!(error instanceof StripeProblem)) throw error;
    showOpen(world, { ...shown, problem: error.body.message, status: error.status });
  }
}

interface Shown {
  session: Stripe.Checkout.Session;
  place: Place;
  response: Response;
  entry: CardEntry;
  problem?: string | undefined;
  status?: number;
}

function showOpen(world: World, { session, place, response, entry, problem, status }: Shown): void {
  const body = checkoutBody(world, { session, entry, problem, action: pathOf(world, session, place) });
  const title = session.mode === "setup" ? "Save a card" : "Pay";
  sendPage(response, {
    title: `${title} · Sandbox`,
    body,
    framed: place === "embed",
    ...(status !== undefined && { status }),
  });
}

/** Why the last try failed. */
function refusal(world: World, session: Stripe.Checkout.Session): string | undefined {
  const payment = world.store.paymentIntents.get(idOf(session.payment_intent) ?? "");
  const setup = world.store.setupIntents.get(idOf(session.setup_intent) ?? "");
  return payment?.last_payment_error?.message ?? setup?.last_setup_error?.message;
}

/** To the merchant's page; from a frame the page around it does that. */
function leadOn(session: Stripe.Checkout.Session, place: Place, response: Response): void {
  if (place === "pay") return response.redirect(303, filled(session.success_url ?? "/", session.id));
  // `if_required`: only methods that lead away anyway would come back there, and the sandbox has none.
  const { redirect_on_completion: redirects, return_url } = session;
  const url = redirects === "always" && return_url ? filled(return_url, session.id) : "";
  const text = session.mode === "setup" ? "Your card is saved." : "Your payment went through.";
  sendPage(response, {
    title: "Done",
    body: notice("Done", text, url ? { href: url, label: "Continue" } : undefined),
    framed: true,
    data: html` data-complete="${session.id}" data-return-url="${url}"`,
  });
}

function showOver(session: Stripe.Checkout.Session, place: Place, response: Response): void {
  const framed = place === "embed";
  if (session.status === "complete") {
    const back = session.success_url ?? session.return_url;
    const link = back ? { href: filled(back, session.id), label: "Continue" } : undefined;
    return sendPage(response, {
      title: "All done",
      body: notice("You are all done here", "This checkout is complete.", link),
      framed,
    });
  }
  const link = session.cancel_url
    ? { href: filled(session.cancel_url, session.id), label: "Back" }
    : undefined;
  sendPage(response, {
    title: "Expired",
    body: notice("This checkout has expired", "Nothing was charged. Go back and start again.", link),
    framed,
    status: 410,
  });
}

function find(world: World, place: Place, request: Request): Stripe.Checkout.Session | undefined {
  const session = world.store.sessions.get(String(request.params["id"]));
  const embedded = session?.ui_mode === "embedded_page";
  if (session === undefined || embedded !== (place === "embed")) return undefined;
  return embedded && request.query["secret"] !== session.client_secret ? undefined : session;
}

function pathOf(world: World, session: Stripe.Checkout.Session, place: Place): string {
  const secret = place === "embed" ? `?secret=${session.client_secret ?? ""}` : "";
  return `${world.url()}/c/${place}/${session.id}${secret}`;
}

const filled = (url: string, id: string): string => url.replaceAll("{CHECKOUT_SESSION_ID}", id);
