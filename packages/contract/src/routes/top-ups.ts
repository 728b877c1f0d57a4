import { topUpQuote, topUpQuoteInput } from "../resources/quotes.ts";
import { defineRoute } from "./define-route.ts";

export const topUpRoutes = {
  quoteTopUp: defineRoute({
    auth: "server",
    operationId: "quoteTopUp",
    method: "post",
    path: "/v1/top-ups/quote",
    summary: "Tell what an order of credits would cost; nothing is written",
    body: topUpQuoteInput,
    status: 200,
    answer: topUpQuote,
    errors: [
      "not_found",
      "no_active_subscription",
      "state_conflict",
      "amount_out_of_range",
      "currency_mismatch",
    ],
  }),
};
