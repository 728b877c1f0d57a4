import { currencyExponent } from "@credits-kit/amounts";
import type { TopUpStatus } from "@credits-kit/contract";
import type { Request, RequestHandler, Response } from "express";
import {
  confirmOrder,
  type OrderToConfirm,
  readOrderToConfirm,
} from "../../services/auto-top-ups/confirm.ts";
import type { Deps } from "../../services/call.ts";

const OVER: Readonly<Record<Exclude<TopUpStatus, "action_required">, string>> = {
  paid: "The payment arrived and the credits are yours.",
  processing: "The payment is on its way. The credits come as soon as it arrives.",
  awaiting_payment: "There is nothing to confirm yet.",
  failed: "The payment did not succeed, and nothing was charged.",
  expired: "The time to confirm is over, and nothing was charged.",
  void: "This order was given up, and nothing was charged.",
};

/** The page on which somebody sees what their bank wants them to confirm. Looking at it changes nothing. */
export function stripeConfirmPage(deps: Deps): RequestHandler {
  return async (request, response) => {
    const id = idOf(request);
    show(response, id === null ? null : await readOrderToConfirm(deps, id));
  };
}

/** Leads on to the bank. A link and not a form, which the policy of all answers forbids to lead to another host. */
export function stripeConfirm(deps: Deps): RequestHandler {
  return async (request, response) => {
    const id = idOf(request);
    const confirmed = id === null ? null : await confirmOrder(deps, id);
    if (confirmed && "url" in confirmed) response.redirect(303, confirmed.url);
    else show(response, confirmed?.order ?? null);
  };
}

/** Where Stripe leads back to when a card was added and nobody said where else. */
export function stripeCardPage(): RequestHandler {
  return (request, response) => {
    const isSaved = request.query.result === "success";
    const text = isSaved ? "The card is saved." : "No card was added.";
    send(response, {
      status: 200,
      title: isSaved ? "Thank you" : "Not saved",
      body: `<p>${text} You can close this page.</p>`,
    });
  };
}

function idOf({ query: { top_up: id } }: Request): string | null {
  return typeof id === "string" ? id.slice(0, 128) : null;
}

function show(response: Response, order: OrderToConfirm | null): void {
  if (!order) {
    send(response, { status: 404, title: "Nothing here", body: "<p>There is no such order.</p>" });
  } else if (order.status === "action_required") {
    const body = `<p>Your bank asks you to confirm a payment of <strong>${moneyText(order)}</strong>.</p>
<p><a href="/stripe/confirm/bank?top_up=${encodeURIComponent(order.id)}" rel="nofollow">Confirm at your bank</a></p>`;
    send(response, { status: 200, title: "Please confirm", body });
  } else {
    const body = `<p>${OVER[order.status]} You can close this page.</p>`;
    send(response, { status: 200, title: "Nothing to confirm", body });
  }
}

/** Digits and a currency's code: nothing in it that anybody wrote. */
function moneyText({ totalMinor, currency }: OrderToConfirm): string {
  const decimals = currencyExponent(currency);
  const digits = totalMinor.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? "" : `.${digits.slice(-decimals)}`;
  return `${whole}${fraction} ${currency.toUpperCase()}`;
}

function send(
  response: Response,
  { status, title, body }: { status: number; title: string; body: string },
): void {
  response.status(status).type("html").send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
${body}
</html>
`);
}
