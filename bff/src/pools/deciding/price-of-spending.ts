import type { ConsumeCommand, PlaceHoldCommand } from "../command.ts";
import type { Rejected } from "../outcome.ts";
import { rejected, rejectedPrice } from "../outcomes.ts";
import { costNow } from "../rate-counters.ts";
import type { Price } from "../routing.ts";
import type { Deciding, Turn } from "./deciding.ts";

/** What spending costs, now that its turn has come. */
export interface SpendingPrice {
  readonly price: Price;
  readonly cost: bigint;
}

/** What consumption or a hold costs, or why that cannot be told. */
export function priceOfSpending(
  { facts }: Deciding,
  { command: { asked }, index }: Turn<ConsumeCommand | PlaceHoldCommand>,
): SpendingPrice | Rejected {
  const price = facts.prices[index] ?? "no_active_subscription";
  if (asked.kind === "direct" && !facts.creditTypes.has(asked.creditTypeId)) {
    return rejected("not_found", "creditTypeId", "no such credit type");
  }
  if (typeof price !== "string") {
    const cost = costNow(price, facts.counters);
    return typeof cost === "bigint" ? { price, cost } : cost;
  }
  return rejectedPrice(price, asked.kind === "feature" && facts.features.has(asked.featureId));
}
