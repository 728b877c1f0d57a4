import { invalidRequest } from "../errors.ts";

/** The smallest charge in the currency's smallest unit; half a dollar or about that. */
const SMALLEST: Record<string, number> = { jpy: 50, gbp: 30, bhd: 200, kwd: 200, krw: 500, mxn: 1000 };

/** Amounts of these must be a multiple: the last digit of three is not charged, or there are no decimals at all. */
const STEPS: Record<string, number> = { bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 };

/** Refuses what Stripe would not charge. @throws StripeProblem `amount_too_small`, `amount_too_large` or for a part of a unit. */
export function refuseUncharged(amount: number, currency: string, param = "amount"): void {
  if (amount < (SMALLEST[currency] ?? 50)) {
    throw invalidRequest("Amount must be at least the minimum charge of about 50 cents.", {
      code: "amount_too_small",
      param,
    });
  }
  if (amount > 99_999_999) {
    throw invalidRequest("Amount must be no more than 999,999.99", { code: "amount_too_large", param });
  }
  refusePartOfUnit(amount, currency, param);
}

function refusePartOfUnit(amount: number, currency: string, param: string): void {
  const step = STEPS[currency] ?? 1;
  if (amount % step !== 0) {
    throw invalidRequest(`Invalid amount: amounts in ${currency} must be a multiple of ${step}.`, { param });
  }
}
