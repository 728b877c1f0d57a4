import assert from "node:assert/strict";
import { test } from "node:test";
import Stripe from "stripe";
import { toGatewayError } from "./faults.ts";
import { viewPayment } from "./views.ts";

const ADVICE = "Activate acct_1 at https://dashboard.stripe.com/account";

test("a card's owner reads what Stripe says of the card, and nothing that it says of the account", () => {
  const raw = { message: "Your card has expired.", type: "card_error", code: "expired_card" } as const;
  assert.equal(
    toGatewayError(new Stripe.errors.StripeCardError({ ...raw, statusCode: 402 })).message,
    raw.message,
  );
  const refused = new Stripe.errors.StripeInvalidRequestError({
    message: ADVICE,
    type: "invalid_request_error",
    code: "account_invalid",
    statusCode: 400,
  });
  const { kind, code, message, cause } = toGatewayError(refused);
  assert.deepEqual(
    [kind, code, message],
    ["refused", "account_invalid", "it cannot be done (account_invalid)"],
  );
  assert.doesNotMatch(String(cause), /acct_/);
});

test("the same of a payment that failed", () => {
  const payment = (error: object) =>
    viewPayment({
      id: "pi_1",
      status: "requires_payment_method",
      amount: 500,
      currency: "usd",
      livemode: false,
      created: 1,
      last_payment_error: error,
    }).failure;
  const declined = {
    type: "card_error",
    code: "card_declined",
    decline_code: "lost_card",
    message: "Declined.",
  };
  assert.deepEqual(payment(declined), {
    code: "card_declined",
    declineCode: "lost_card",
    message: "Declined.",
  });
  assert.deepEqual(payment({ type: "api_error", message: ADVICE }), {
    code: "payment_failed",
    declineCode: null,
    message: "The payment did not succeed.",
  });
});

test("a key that lacks a permission, and a key that was used for something else, are told apart from other refusals", () => {
  const lacking = new Stripe.errors.StripePermissionError({
    message: "no",
    type: "invalid_request_error",
    statusCode: 403,
  });
  assert.equal(toGatewayError(lacking).code, "key_refused");
  const reused = new Stripe.errors.StripeIdempotencyError({
    message: "no",
    type: "idempotency_error",
    statusCode: 400,
  });
  assert.equal(toGatewayError(reused).code, "idempotency_key_reused");
});
