/** Stripe's own description of what went wrong, the `error` of an answer. */
export interface StripeErrorBody {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  charge?: string;
  doc_url?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  setup_intent?: unknown;
}

/** An answer in Stripe's error shape, with its HTTP status. */
export class StripeProblem extends Error {
  override readonly name = "StripeProblem";
  readonly status: number;
  readonly body: StripeErrorBody;

  constructor(status: number, body: StripeErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** What is wrong with a request: Stripe's `code` and the parameter it is about. */
export interface RequestFault {
  code?: string;
  param?: string;
  status?: number;
}

/** A request that Stripe would refuse: status 400 unless told otherwise. */
export function invalidRequest(
  message: string,
  { status = 400, ...fault }: RequestFault = {},
): StripeProblem {
  return new StripeProblem(status, { type: "invalid_request_error", message, ...fault });
}

/** An id that names nothing: 404 when it is in the path, else 400, as Stripe answers. */
export function resourceMissing(kind: string, id: string, param = "id"): StripeProblem {
  const status = param === "id" ? 404 : 400;
  return invalidRequest(`No such ${kind}: '${id}'`, { code: "resource_missing", param, status });
}
