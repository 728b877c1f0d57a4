import type { FieldError } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { validationError } from "../../field-errors.ts";
import type { GatewayError, PaymentGateway } from "../../payments/gateway.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import type { Deps } from "../call.ts";

/** What orders stand on. */
export type TopUpDeps = Pick<
  Deps,
  "database" | "pools" | "payments" | "mode" | "now" | "selling" | "onAlarm" | "standingChanged"
>;

/** The way to Stripe. @throws ServiceError `state_conflict` where there is none */
export function gatewayOf({ payments }: Pick<Deps, "payments">): PaymentGateway {
  if (payments) return payments;
  throw new ServiceError("state_conflict", "Nothing can be bought here: Stripe is not configured.");
}

const PARAMS: Readonly<Record<string, string>> = {
  payment_method: "paymentMethodId",
  success_url: "successUrl",
  cancel_url: "cancelUrl",
  return_url: "successUrl",
  currency: "currency",
};

/** What a caller is told of a fault of Stripe's. */
export function toServiceError(error: GatewayError): ServiceError {
  if (error.kind === "busy" || error.kind === "unknown") {
    return new ServiceError(
      "overloaded",
      "Stripe does not answer at the moment. What came of it is found out: send the same request again, with its key.",
      { retryAfterSeconds: 2, cause: error },
    );
  }
  const field = PARAMS[error.param ?? ""];
  if (error.code === "amount_too_small" || error.code === "amount_too_large")
    return refusal({ path: "credits", code: "amount_out_of_range", message: tooMuch(error.code) }, error);
  if (field !== undefined)
    return refusal({ path: field, code: "validation_failed", message: "is refused by Stripe" }, error);
  return new ServiceError("state_conflict", `Stripe refused: ${error.message}`, { cause: error });
}

function tooMuch(code: string): string {
  return code === "amount_too_small"
    ? "cost less than Stripe can charge"
    : "cost more than Stripe can charge";
}

function refusal(fault: FieldError, cause: GatewayError): ServiceError {
  const { message, errors } = validationError([fault]);
  return new ServiceError(fault.code, message, { errors, cause });
}

/** What a caller is told of a charge that failed: by the bank, or before it was asked. */
export function notCharged(order: TopUpRow): ServiceError {
  const { failure_message: message, failure_decline_code: declineCode, failure_code: code } = order;
  const details = { topUpId: order.top_up_id };
  if (order.payment_intent_id === null)
    return new ServiceError("state_conflict", message ?? "The card could not be charged.", { details });
  return new ServiceError("card_declined", message ?? "The card was declined.", {
    details: { ...details, declineCode: declineCode ?? code ?? "generic_decline" },
  });
}
