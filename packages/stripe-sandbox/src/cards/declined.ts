import { StripeProblem, type StripeErrorBody } from "../errors.ts";
import type { Decline } from "./card.ts";

/** A bank's no as a card error: status 402. */
export function cardDeclined(decline: Decline, details: Partial<StripeErrorBody> = {}): StripeProblem {
  return new StripeProblem(402, { ...declineBody(decline), ...details });
}

/** The part of a card error that payments and setups remember. */
export interface DeclineBody {
  type: "card_error";
  code: string;
  decline_code: string;
  message: string;
  advice_code?: string;
}

/** A bank's no as Stripe writes it into errors and payments. */
export function declineBody({ code, declineCode, message, advice }: Decline): DeclineBody {
  return {
    type: "card_error",
    code,
    decline_code: declineCode,
    message,
    ...(advice && { advice_code: advice }),
  };
}
