import { MAX_GRANT, parseCredits } from "@credits-kit/amounts";
import { fieldError } from "../../field-errors.ts";
import { keepCreditTypeUsable } from "../../storage/catalogue/credit-types.ts";
import { keepFeaturesUsable } from "../../storage/catalogue/features.ts";
import type { PlanRow } from "../../storage/catalogue/plans.ts";
import type { Transaction } from "../../storage/transaction.ts";

/**
 * What a plan brings with each period, in micro-credits; zero where it includes nothing.
 * @throws ServiceError `amount_out_of_range` for more seats than one grant can hold credits for
 */
export function creditsPerPeriod({ included }: PlanRow, seats: number): bigint {
  if (!included) return 0n;
  const credits = parseCredits(included.credits) * (included.perSeat ? BigInt(seats) : 1n);
  if (credits <= MAX_GRANT) return credits;
  throw fieldError("seats", "bring more credits than one grant may hold, 10^12", "amount_out_of_range");
}

/** Whether nothing that the plan names is archived; it then stays so until the transaction ends. */
export async function isUsable(transaction: Transaction, plan: PlanRow): Promise<boolean> {
  if (!(await keepCreditTypeUsable(transaction, plan.credit_type_id))) return false;
  const rated = plan.rates.map(({ featureId }) => featureId);
  return (await keepFeaturesUsable(transaction, rated)).size === new Set(rated).size;
}
