import type { Hold } from "@credits-kit/engine";
import type { HoldRecord } from "../../storage/pools/hold-record.ts";
import type { CaptureHoldCommand } from "../command.ts";
import type { Rejected } from "../outcome.ts";
import { rejected, rejectedPrice } from "../outcomes.ts";
import { priceCapture } from "../pricing.ts";
import { costNow } from "../rate-counters.ts";
import type { Price } from "../routing.ts";
import type { Deciding, Turn } from "./deciding.ts";

/** What a capture burns. */
export interface CaptureCost {
  readonly amount: bigint;
  /** Where the amount is the price of a quantity. */
  readonly price: Price | null;
}

/**
 * What a capture burns: what it says, what its quantity costs now, or all that is still reserved. Null when it has to
 * wait for the next group, because the hold was placed in this one, before anybody knew what its price depends on.
 */
export function costOfCapture(
  { facts }: Deciding,
  { command, customer }: Turn<CaptureHoldCommand>,
  { record, hold }: { record: HoldRecord; hold: Hold | undefined },
): CaptureCost | Rejected | null {
  const { amount, quantity } = command;
  if (amount !== null) return { amount, price: null };
  if (quantity === null) {
    return { amount: hold?.parts.reduce((sum, part) => sum + part.amount, 0n) ?? 0n, price: null };
  }
  const { now, remembered } = customer;
  const price = priceCapture(command, { hold: record, now }, remembered.subscriptions);
  if (price === null) {
    return rejected("validation_failed", "quantity", "needs a hold that was placed for a feature");
  }
  if (typeof price === "string") return rejectedPrice(price, true);
  if (price.creditTypeId !== record.creditTypeId) return rejectedPrice("feature_not_mapped", true);
  if (!facts.counters.has(price)) return null;
  const cost = costNow(price, facts.counters);
  return typeof cost === "bigint" ? { amount: cost, price } : cost;
}
