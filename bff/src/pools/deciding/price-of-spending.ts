import type { ConsumeCommand, PlaceHoldCommand } from "../command.ts";
import type { Rejected } from "../outcome.ts";
import { rejected, rejectedPrice } from "../outcomes.ts";
import type { Price } from "../routing.ts";
import type { Deciding, Turn } from "./deciding.ts";

/** What consumption or a hold costs, or why that cannot be told. */
export function priceOfSpending(
  { facts }: Deciding,
  { command: { asked }, index }: Turn<ConsumeCommand | PlaceHoldCommand>,
): Price | Rejected {
  const price = facts.prices[index] ?? "no_active_subscription";
  if (asked.kind === "direct" && !facts.creditTypes.has(asked.creditTypeId)) {
    return rejected("not_found", "creditTypeId", "no such credit type");
  }
  if (typeof price !== "string") return price;
  return rejectedPrice(price, asked.kind === "feature" && facts.features.has(asked.featureId));
}
