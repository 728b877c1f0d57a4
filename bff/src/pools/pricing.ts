import type { SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { PoolCommand } from "./command.ts";
import { limitOfCredits, type NoPrice, type Price, priceUsage } from "./routing.ts";

export type { NoPrice, Price } from "./routing.ts";

/**
 * What a command costs, by the customer's subscriptions; null for commands that have no price of their own.
 * @param now the time of what does not say its own, in milliseconds since 1970
 * @param subscriptions the latest start first
 */
export function priceCommand(
  command: PoolCommand,
  now: number,
  subscriptions: readonly SubscriptionFacts[],
): Price | NoPrice | null {
  switch (command.kind) {
    case "event":
      return priceUsage(command, command.timestamp ?? now, subscriptions);
    case "consume":
    case "place_hold": {
      const { asked, resourceId } = command;
      const limit = command.kind === "consume" ? command.limit : "hard";
      if (asked.kind === "feature") return priceUsage({ ...asked, resourceId, limit }, now, subscriptions);
      const { creditTypeId, amount: cost } = asked;
      if (limit !== null) return { creditTypeId, cost, limit };
      return {
        creditTypeId,
        cost,
        limit: limitOfCredits({ creditTypeId, resourceId }, now, subscriptions) ?? "hard",
      };
    }
    default:
      return null;
  }
}

/** The feature that a command is priced by, if it is. */
export function featureOf(command: PoolCommand): string | null {
  if (command.kind === "event") return command.featureId;
  return "asked" in command && command.asked.kind === "feature" ? command.asked.featureId : null;
}
