import { formatCredits } from "@credits-kit/amounts";
import { type Check, type CheckBody, DENIAL_REASONS, spendingOf } from "@credits-kit/contract";
import { availableOf } from "@credits-kit/engine";
import { fieldError } from "../../field-errors.ts";
import type { Rejected } from "../../pools/outcome.ts";
import { costNow } from "../../pools/rate-counters.ts";
import { findCustomer } from "../../storage/customers/customers.ts";
import type { Deps } from "../call.ts";
import { lookAt } from "../spending/look.ts";
import { trySpending } from "../spending/try-spending.ts";
import { unknown } from "../unknown.ts";

/**
 * Tells whether a customer could spend now, and why not. Nothing is set aside: between a check and
 * what follows it, somebody else may spend.
 * @throws ServiceError `not_found` for the customer; `amount_out_of_range` for more than a pool can owe;
 * `validation_failed` naming the dimension that the plan's rate needs
 */
export async function checkSpending(
  deps: Deps,
  { customerId, input }: { customerId: string; input: CheckBody },
): Promise<Check> {
  if (!(await findCustomer(deps.database.writer, customerId))) throw unknown("customer");
  const asked = spendingOf(input);
  const { dimensions = null, resourceId: ofResource = "" } = input;
  const intent = { customerId, asked, resourceId: ofResource, dimensions, limit: null, timestamp: null };
  const { prospects, counters } = await lookAt(deps, [intent]);
  const [prospect] = prospects;
  if (!prospect) throw new Error("every intent has a prospect");
  const resourceId = input.resourceId ?? null;
  if (prospect.kind === "rejected") return { ...denial(prospect, input), resourceId };

  const { price, trial } = prospect;
  const cost = costNow(price, counters);
  if (typeof cost !== "bigint") throw fieldError(cost.path, cost.message, cost.code);
  const available = availableOf(trial.pool);
  const allowed = price.limit === "soft" || cost <= available;
  if (allowed && !trySpending(trial, cost)) {
    throw fieldError(
      asked.kind === "feature" ? "quantity" : "amount",
      "is more than a pool can hold",
      "amount_out_of_range",
    );
  }
  return {
    allowed,
    reason: allowed ? null : "insufficient_credits",
    required: formatCredits(cost),
    available: formatCredits(available),
    limitMode: price.limit,
    creditTypeId: price.creditTypeId,
    resourceId,
  };
}

/** A spending that has no price; what the caller said of it is told back. */
function denial({ code }: Rejected, { creditTypeId = null, amount = null }: AskedFor) {
  const reason = DENIAL_REASONS.find((each) => each === code);
  if (reason === undefined) throw new Error(`a check cannot be denied for ${code}`);
  const required = amount === null ? null : formatCredits(amount);
  return { allowed: false, reason, required, available: null, limitMode: null, creditTypeId };
}

interface AskedFor {
  readonly creditTypeId?: string | null | undefined;
  readonly amount?: bigint | null | undefined;
}
