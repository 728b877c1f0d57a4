import { z } from "zod";
import { StripeProblem } from "../errors.ts";
import type { Fault } from "./faults.ts";
import type { Answer } from "./idempotency.ts";
import { readParams, text } from "./params.ts";
import { plain } from "./plain.ts";

const expandShape = z.object({ expand: z.array(text).optional() });

/** Splits off `expand`, which every endpoint takes. @throws StripeProblem when it is not a list of texts. */
export function takeExpand(raw: Record<string, unknown>): {
  expand: string[];
  rest: Record<string, unknown>;
} {
  const { expand, ...rest } = raw;
  return { expand: readParams(expandShape, { expand }).expand ?? [], rest };
}

/** How an error is told; what is not Stripe's own becomes a 500. */
export function problemAnswer(error: unknown): Answer {
  if (error instanceof StripeProblem) {
    const { body, status } = error;
    // A copy: what is kept under an idempotency key must not change with the objects that it shows.
    return { status, body: { error: plain({ ...body, ...(body.code !== undefined && docs(body.code)) }) } };
  }
  const message = error instanceof Error ? error.message : "unknown";
  return {
    status: 500,
    body: { error: { type: "api_error", message: `The sandbox has a bug: ${message}` } },
  };
}

const docs = (code: string): object => ({
  doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll("_", "-")}`,
});

const WORDS: Record<number, { code?: string; message: string }> = {
  409: {
    code: "lock_timeout",
    message: "This object cannot be accessed right now because another API request is accessing it.",
  },
  429: {
    code: "rate_limit",
    message:
      "Request rate limit exceeded. Learn more about rate limits: https://docs.stripe.com/rate-limits.",
  },
};

/** The answer of a planned fault, in Stripe's shape. */
export function faultAnswer({ status = 500 }: Fault): Answer {
  const words = WORDS[status] ?? { message: "An unknown error occurred." };
  const type = status >= 500 ? "api_error" : "invalid_request_error";
  return { status, body: { error: { type, ...words } } };
}
