import type { TopUpFailure } from "@credits-kit/contract";

/** Declines after which charging the same card again is pointless, or a sign of fraud. */
const HARD = new Set([
  "expired_card",
  "fraudulent",
  "invalid_account",
  "invalid_number",
  "incorrect_number",
  "lost_card",
  "merchant_blacklist",
  "new_account_information_available",
  "card_not_supported",
  "currency_not_supported",
  "pickup_card",
  "restricted_card",
  "revocation_of_all_authorizations",
  "revocation_of_authorization",
  "security_violation",
  "service_not_allowed",
  "stolen_card",
  "stop_payment_order",
  "transaction_not_allowed",
]);
/** The card or the customer is not there. */
const GONE = new Set(["resource_missing", "payment_method_unexpected_state", "payment_method_not_available"]);

/** Nobody was asked for money: that says nothing about the card. */
const OUTAGES = new Set(["never_made", "stripe_failed"]);

/** An invoice that its customer did not pay, or that somebody took back. */
const UNPAID = new Set(["invoice_void", "invoice_uncollectible"]);

/** What a failed payment says about the next one. */
export type FailureKind = "soft" | "hard" | "no_card" | "gone" | "outage" | "unpaid" | "refused";

/** Classifies a failure by what the bank said, and if it said nothing by what Stripe did. */
export function classifyFailure(failure: TopUpFailure): FailureKind {
  const { code, declineCode } = failure;
  if (code === "no_saved_card") return "no_card";
  if (GONE.has(code)) return "gone";
  if (OUTAGES.has(code)) return "outage";
  if (UNPAID.has(code)) return "unpaid";
  if (HARD.has(declineCode ?? "") || HARD.has(code)) return "hard";
  if (declineCode !== null || SOFT.has(code)) return "soft";
  return "refused";
}

const SOFT = new Set([
  "authentication_required",
  "card_declined",
  "incorrect_cvc",
  "not_confirmed",
  "payment_failed",
  "payment_intent_authentication_failure",
  "processing_error",
]);
