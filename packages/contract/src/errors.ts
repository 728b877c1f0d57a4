import { z } from "zod";
import { credits, money } from "./values/amounts.ts";

/**
 * Every error code of the API with its HTTP status and title. Codes are stable; details may be reworded.
 * Codes that later parts of the API need are listed from the start, so that clients can switch over all of them.
 */
export const ERROR_CODES = {
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  bad_request: { status: 400, title: "The request could not be read" },
  unauthenticated: { status: 401, title: "Authentication is missing or no longer valid" },
  insufficient_credits: { status: 402, title: "Not enough credits" },
  card_declined: { status: 402, title: "The card was declined" },
  authentication_required: { status: 402, title: "The payment needs to be confirmed" },
  forbidden: { status: 403, title: "Not allowed" },
  insufficient_scope: { status: 403, title: "The credentials lack a scope" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  already_exists: { status: 409, title: "Already exists" },
  idempotency_conflict: { status: 409, title: "The idempotency key was used for another request" },
  idempotency_in_progress: { status: 409, title: "A request with this idempotency key is being processed" },
  event_id_conflict: { status: 409, title: "The event id was used for another event" },
  no_active_subscription: { status: 409, title: "The customer has no active subscription" },
  state_conflict: { status: 409, title: "Not possible in the present state" },
  payment_processing: { status: 409, title: "The payment is on its way" },
  price_changed: { status: 409, title: "The price has changed" },
  hold_closed: { status: 409, title: "The hold is closed" },
  in_use: { status: 409, title: "Still in use" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The content type is not supported" },
  validation_failed: { status: 422, title: "The request is not valid" },
  feature_not_mapped: { status: 422, title: "The plan has no rate for this feature" },
  timestamp_out_of_window: { status: 422, title: "The timestamp is outside the accepted window" },
  amount_out_of_range: { status: 422, title: "The amount is out of range" },
  currency_mismatch: { status: 422, title: "The currencies differ" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong on our side" },
  overloaded: { status: 503, title: "Too busy, try again soon" },
} as const satisfies Record<string, { status: number; title: string }>;

/** A stable error code. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Whether a text is one of our codes. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERROR_CODES, text);
}

const codes = z.enum(Object.keys(ERROR_CODES).filter(isErrorCode));

/** One fault inside a request: where it is, what kind it is, and what to do. */
export const fieldError = z
  .object({ path: z.string(), code: codes, message: z.string() })
  .meta({ id: "FieldError" });
export type FieldError = z.infer<typeof fieldError>;

/** Something that keeps another thing from going away. */
export const usedBy = z
  .object({
    kind: z.string().meta({ description: "What it is: plan, grant, ...", example: "plan" }),
    id: z.string(),
  })
  .meta({ id: "UsedBy" });
export type UsedBy = z.infer<typeof usedBy>;

/** RFC 9457 problem details, as every error of the API is sent. */
export const problem = z
  .object({
    type: z.string().meta({ description: "Address of the code's documentation" }),
    title: z.string(),
    status: z.int(),
    code: codes,
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(fieldError).optional(),
    required: credits.optional().meta({ description: "insufficient_credits: what it would have cost" }),
    available: credits.optional().meta({ description: "insufficient_credits: what could be spent" }),
    declineCode: z.string().optional().meta({ description: "card_declined: what the card's bank said" }),
    topUpId: z.string().optional().meta({ description: "card_declined: the order that failed" }),
    total: money.optional().meta({ description: "price_changed: what it costs now" }),
    usedBy: z.array(usedBy).optional().meta({ description: "in_use: what uses it" }),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;
