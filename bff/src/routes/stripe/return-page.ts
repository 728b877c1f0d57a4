import type { TopUpStatus } from "@credits-kit/contract";
import type { RequestHandler } from "express";
import type { Deps } from "../../services/call.ts";
import { returnFromCheckout } from "../../services/top-ups/return-page.ts";

const WORDS: Readonly<Record<TopUpStatus, readonly [title: string, text: string]>> = {
  paid: ["Thank you", "Your payment arrived and the credits are yours. You can close this page."],
  processing: ["Thank you", "Your payment is on its way. The credits come as soon as it arrives."],
  awaiting_payment: [
    "Not paid yet",
    "The payment is not finished. You can close this page and go on where you were.",
  ],
  action_required: ["Please confirm", "Your bank wants you to confirm the payment. Go on where you were."],
  failed: ["Not paid", "The payment did not succeed, and nothing was charged. You can try again."],
  expired: [
    "Too late",
    "The time to pay this order is over, and nothing was charged. You can make another one.",
  ],
  void: ["Given up", "This order was given up, and nothing was charged."],
};

/** Where Stripe leads back to unless an order says where else. It shows no more than how the order stands. */
export function stripeReturnPage(deps: Deps): RequestHandler {
  return async (request, response) => {
    const { top_up: id } = request.query;
    const status = typeof id === "string" ? await returnFromCheckout(deps, id.slice(0, 128)) : null;
    const [title, text] = status === null ? ["Nothing here", "There is no such order."] : WORDS[status];
    response
      .status(status === null ? 404 : 200)
      .type("html")
      .send(page(title, text));
  };
}

/** Nothing of the request is in it. */
function page(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
