import type { SubscriptionFacts } from "../storage/pools/load-subscriptions.ts";
import type { HoldRecord } from "../storage/pools/hold-record.ts";
import type { CaptureHoldCommand, PoolCommand } from "./command.ts";
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
      const { customerId, asked, resourceId, dimensions } = command;
      const limit = command.kind === "consume" ? command.limit : "hard";
      if (asked.kind === "feature") {
        return priceUsage({ customerId, ...asked, resourceId, dimensions, limit }, now, subscriptions);
      }
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

/** What the quantity of a capture costs now; null for a capture without one, or of a hold for no feature. */
export function priceCapture(
  command: CaptureHoldCommand,
  { hold, now }: { hold: HoldRecord; now: number },
  subscriptions: readonly SubscriptionFacts[],
): Price | NoPrice | null {
  const { customerId, quantity } = command;
  const { featureId, resourceId } = hold;
  if (quantity === null || featureId === null) return null;
  const dimensions = command.dimensions ?? hold.dimensions;
  const usage = { customerId, featureId, quantity, resourceId, dimensions, limit: "hard" } as const;
  return priceUsage(usage, now, subscriptions);
}

/** The feature that a command is priced by, if it is. */
export function featureOf(command: PoolCommand): string | null {
  if (command.kind === "event") return command.featureId;
  return "asked" in command && command.asked.kind === "feature" ? command.asked.featureId : null;
}
