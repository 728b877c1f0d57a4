import Stripe from "stripe";
import { GatewayError } from "../gateway.ts";

/** Of a fault of Stripe's own. It is kept with the idempotency key: sending that again gets the same fault again. */
export const STRIPE_FAILED = "stripe_failed";
/** Of a key that lacks a permission, or is none any more. */
export const KEY_REFUSED = "key_refused";
/** Of an idempotency key that was sent before with something else. */
export const KEY_REUSED = "idempotency_key_reused";

/** Something that Stripe, or the way to it, made of a call, in the product's words. Nothing of the request is kept. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (!(error instanceof Stripe.errors.StripeError)) {
    return new GatewayError("unknown", "Stripe's answer could not be read.", {
      cause: withoutRequest(error),
    });
  }
  const { code = null, param = null, statusCode } = error;
  const options = { code, param, cause: withoutRequest(error) };
  // No status: nothing came back, or not in time. It may have been done all the same.
  if (statusCode === undefined) return new GatewayError("unknown", "Stripe did not answer in time.", options);
  if (statusCode >= 500)
    return new GatewayError("unknown", "Stripe failed.", { ...options, code: STRIPE_FAILED });
  if (statusCode === 429 || statusCode === 409)
    return new GatewayError("busy", "Stripe has too much to do at the moment.", options);
  if (statusCode === 401 || statusCode === 403)
    return new GatewayError("refused", "Stripe does not accept the configured key for this.", {
      ...options,
      code: KEY_REFUSED,
    });
  if (code === "resource_missing" || statusCode === 404)
    return new GatewayError("missing", "Stripe does not know this.", options);
  if (error instanceof Stripe.errors.StripeIdempotencyError)
    return new GatewayError("refused", "its key was used for something else", {
      ...options,
      code: KEY_REUSED,
    });
  return new GatewayError("refused", reasonOf(error), options);
}

/**
 * Why, as far as it is for everybody. Of a card Stripe says it in words for its owner; all else that it says is for whoever
 * runs the account, who finds it in Stripe's dashboard by the id in the log.
 */
function reasonOf(error: Stripe.errors.StripeError): string {
  if (error instanceof Stripe.errors.StripeCardError) return error.message;
  return error.code === undefined ? "it cannot be done" : `it cannot be done (${error.code})`;
}

/** Stripe's errors hold headers and the raw answer; of the answer only its id and codes are for a log. */
function withoutRequest(error: unknown): Error {
  if (!(error instanceof Error)) return new Error("failed");
  const parts = [error.name];
  if (error instanceof Stripe.errors.StripeError)
    parts.push(`status ${error.statusCode ?? "none"}`, error.code ?? "no code", error.requestId ?? "no id");
  const told = new Error(parts.join(", "));
  told.stack = error.stack ?? "";
  return told;
}
