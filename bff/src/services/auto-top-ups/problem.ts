import type { AutoTopUpRemedy, SuspendedReason, WidgetAutoTopUp } from "@credits-kit/contract";
import type { Standing } from "./view.ts";

type Problem = NonNullable<WidgetAutoTopUp["problem"]>;

const SUSPENDED: Readonly<Record<SuspendedReason, readonly [remedy: AutoTopUpRemedy, message: string]>> = {
  declined: ["add_card", "The card was declined three times, so that auto top-up stopped."],
  card_unusable: ["add_card", "The card can no longer be charged."],
  card_removed: ["add_card", "The card that was charged was removed."],
  no_card: ["add_card", "There is no saved card to charge."],
  customer_deleted: ["add_card", "The saved cards were deleted."],
  not_sold: ["wait", "The plan does not sell these credits at the moment."],
  refused: ["resume", "The payment could not be made three times, so that auto top-up stopped."],
  unpaid: ["resume", "Three invoices in a row were not paid, so that auto top-up stopped."],
};

/** Declines that pass, although no other card comes. */
const PASSING = new Set(["insufficient_funds", "processing_error", "try_again_later"]);

/** What went wrong with an auto top-up, and what its owner can do; null while all is well. */
export function problemOf(standing: Standing, hasCard: boolean): Problem | null {
  const { state, suspendedReason, lastAttempt } = standing;
  const failure = lastAttempt?.failure ?? null;
  const code = failure?.declineCode ?? failure?.code ?? null;
  switch (state) {
    case "action_required": {
      const message = "The bank wants the payment to be confirmed.";
      return { code: "authentication_required", message, remedy: "confirm_payment" };
    }
    case "suspended": {
      const [remedy, message] = SUSPENDED[suspendedReason ?? "declined"];
      const canPass = suspendedReason === "declined" && code !== null && PASSING.has(code);
      const told = suspendedReason === "declined" ? code : null;
      return { code: told ?? suspendedReason ?? state, message, remedy: canPass ? "resume" : remedy };
    }
    case "limit_reached": {
      const message = "The monthly limit leaves no room for another top-up.";
      return { code: state, message, remedy: "raise_limit" };
    }
    case "cooling_down":
      if (failure === null) return null;
      return { code: code ?? failure.code, message: failure.message, remedy: "wait" };
    case "active":
      return hasCard ? null : { code: "no_card", message: SUSPENDED.no_card[1], remedy: "add_card" };
    case "in_flight":
      return null;
  }
}
