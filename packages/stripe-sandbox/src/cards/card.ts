/** Why a bank says no, in Stripe's words. */
export interface Decline {
  code: string;
  declineCode: string;
  message: string;
  advice?: "do_not_try_again" | "try_again_later" | "confirm_card_data";
}

/** What happens after a payment with this card went through. */
export type Aftermath = "dispute" | "early_fraud_warning" | "refund_pending";

/** A means of payment for tests, and how it behaves. */
export interface TestCard {
  /** What a person types; digits only. */
  number: string;
  /** What a program names instead of a payment method's id. */
  token: string;
  type: "card" | "us_bank_account";
  brand: string;
  /** What a person reads beside the number. */
  label: string;
  /** Declined at every payment. */
  decline?: Decline;
  /** Declined already when it is saved. */
  declinesAttach?: boolean;
  /**
   * When the bank wants to see the person: `always`; `unless_set_up` (without the person it works once it was
   * authenticated for that); `on_session_only` (without the person it always works).
   */
  authentication?: "always" | "unless_set_up" | "on_session_only";
  /** The money comes later: the payment stays `processing` until the control API settles it. */
  delayed?: boolean;
  aftermath?: Aftermath;
}

const said = (declineCode: string, message: string, advice?: Decline["advice"]): Decline => ({
  code: "card_declined",
  declineCode,
  message,
  ...(advice && { advice }),
});

/** The bank did not say why. */
export const GENERIC_DECLINE = said("generic_decline", "Your card was declined.", "try_again_later");

/** The bank wants to see the person, who is not there. */
export const AUTHENTICATION_REQUIRED: Decline = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};

const insufficientFunds = said("insufficient_funds", "Your card has insufficient funds.", "try_again_later");
const declinesAs = (code: string, message: string): Decline => ({ code, declineCode: code, message });

const visa = { type: "card", brand: "visa" } as const;

/** Every test card; the first of them pays. */
export const TEST_CARDS: readonly TestCard[] = [
  { ...visa, number: "4242424242424242", token: "pm_card_visa", label: "Succeeds" },
  {
    ...visa,
    number: "4000000000000002",
    token: "pm_card_chargeDeclined",
    label: "Declined",
    decline: GENERIC_DECLINE,
    declinesAttach: true,
  },
  {
    ...visa,
    number: "4000000000009995",
    token: "pm_card_chargeDeclinedInsufficientFunds",
    label: "Insufficient funds",
    decline: insufficientFunds,
    declinesAttach: true,
  },
  {
    ...visa,
    number: "4000002760003184",
    token: "pm_card_authenticationRequired",
    label: "Always asks to confirm",
    authentication: "always",
  },
  {
    ...visa,
    number: "4000002500003155",
    token: "pm_card_authenticationRequiredOnSetup",
    label: "Asks to confirm once",
    authentication: "unless_set_up",
  },
  {
    ...visa,
    number: "4000003800000446",
    token: "pm_card_authenticationRequiredSetupForOffSession",
    label: "Asks to confirm only you",
    authentication: "on_session_only",
  },
  {
    ...visa,
    number: "4000000000000341",
    token: "pm_card_chargeCustomerFail",
    label: "Saves, then declines",
    decline: GENERIC_DECLINE,
  },
  {
    ...visa,
    number: "4000000000000069",
    token: "pm_card_chargeDeclinedExpiredCard",
    label: "Expired",
    decline: declinesAs("expired_card", "Your card has expired."),
    declinesAttach: true,
  },
  {
    ...visa,
    number: "4000000000000127",
    token: "pm_card_chargeDeclinedIncorrectCvc",
    label: "Wrong CVC",
    decline: declinesAs("incorrect_cvc", "Your card's security code is incorrect."),
    declinesAttach: true,
  },
  {
    ...visa,
    number: "4000000000000119",
    token: "pm_card_chargeDeclinedProcessingError",
    label: "Processing error",
    decline: declinesAs(
      "processing_error",
      "An error occurred while processing your card. Try again in a little bit.",
    ),
    declinesAttach: true,
  },
  {
    ...visa,
    number: "4000000000009987",
    token: "pm_card_visa_chargeDeclinedLostCard",
    label: "Lost card",
    decline: said("lost_card", "Your card was declined.", "do_not_try_again"),
    declinesAttach: true,
  },
  {
    ...visa,
    number: "4000000000009979",
    token: "pm_card_visa_chargeDeclinedStolenCard",
    label: "Stolen card",
    decline: said("stolen_card", "Your card was declined.", "do_not_try_again"),
    declinesAttach: true,
  },
  {
    ...visa,
    number: "4000008260003178",
    token: "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
    label: "Asks to confirm, then declines",
    authentication: "always",
    decline: insufficientFunds,
  },
  {
    ...visa,
    number: "4000000000000259",
    token: "pm_card_createDispute",
    label: "Paid, then disputed",
    aftermath: "dispute",
  },
  {
    ...visa,
    number: "4000000000005423",
    token: "pm_card_createIssuerFraudRecord",
    label: "Paid, then a fraud warning",
    aftermath: "early_fraud_warning",
  },
  {
    ...visa,
    number: "4000000000007726",
    token: "pm_card_pendingRefund",
    label: "Refunds stay pending",
    aftermath: "refund_pending",
  },
  {
    type: "card",
    brand: "mastercard",
    number: "5555555555554444",
    token: "pm_card_mastercard",
    label: "Succeeds (Mastercard)",
  },
  { type: "card", brand: "amex", number: "378282246310005", token: "pm_card_amex", label: "Succeeds (Amex)" },
  {
    type: "us_bank_account",
    brand: "bank",
    number: "000123456789",
    token: "pm_usBankAccount_processing",
    label: "Bank debit, settles later",
    delayed: true,
  },
];

const byName = new Map<string, TestCard>();
for (const card of TEST_CARDS) byName.set(card.token, card).set(card.number, card);

const alias = (name: string, of: string): void => {
  const card = byName.get(of);
  if (card) byName.set(name, card);
};
alias("pm_card_visa_chargeDeclined", "pm_card_chargeDeclined");
alias("pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds");
alias("pm_card_visa_chargeCustomerFail", "pm_card_chargeCustomerFail");
alias("pm_card_visa_chargeDeclinedExpiredCard", "pm_card_chargeDeclinedExpiredCard");
alias("pm_card_threeDSecureRequired", "pm_card_authenticationRequired");
alias("pm_card_us", "pm_card_visa");
alias("pm_usBankAccount_success", "pm_usBankAccount_processing");

/** The test card that a person typed (blanks allowed) or a program named; nothing for any other. */
export function findTestCard(name: string): TestCard | undefined {
  return byName.get(name) ?? byName.get(name.replace(/[\s-]/g, ""));
}
