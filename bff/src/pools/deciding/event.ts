import { attributeEvent } from "../attribution.ts";
import type { EventCommand } from "../command.ts";
import { keepCounted } from "../../storage/pools/rate-counters.ts";
import type { Outcome } from "../outcome.ts";
import { refused, rejected, rejectedPrice } from "../outcomes.ts";
import { costNow } from "../rate-counters.ts";
import type { Price } from "../routing.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";

const LATE_LIMIT_MS = 34 * 24 * 60 * 60 * 1000;
const EARLY_LIMIT_MS = 5 * 60 * 1000;

/** Prices an event and burns what it costs. */
export function decideEvent(deciding: Deciding, turn: Turn<EventCommand>): Outcome {
  const { command, customer, index } = turn;
  const { prices, features, counters } = deciding.facts;
  const { now } = customer;
  const occurredAt = command.timestamp ?? now;
  if (occurredAt > now + EARLY_LIMIT_MS) {
    return rejected("timestamp_out_of_window", "timestamp", "must be at most 5 minutes ahead");
  }
  if (occurredAt < now - LATE_LIMIT_MS && !command.backfill) {
    return rejected(
      "timestamp_out_of_window",
      "timestamp",
      "must be at most 34 days old, unless backfill is true",
    );
  }
  const price = prices[index] ?? "no_active_subscription";
  if (typeof price === "string") return rejectedPrice(price, features.has(command.featureId));
  const amount = costNow(price, counters);
  if (typeof amount !== "bigint") return amount;
  const { creditTypeId, limit } = price;
  const working = customer.ensurePool({ creditTypeId, resourceId: command.resourceId });
  const userNo = deciding.userNoOf(command.customerId, command.userId);
  const by = attributeEvent(command, userNo);
  const { entries, refusal } = deciding.carryOut(
    working,
    { kind: "consume", amount, limit, occurredAt },
    { types: BURNED, by },
  );
  if (refusal === null) {
    counters.count(price);
    return deciding.applied(turn, positionOf(working, entries.at(-1)), countedAs(price));
  }
  if (refusal.code === "insufficient_credits") {
    const { customerId, eventId, featureId, quantity, requestId } = command;
    const { resourceId } = working;
    const pool = { customerId, eventId, creditTypeId, resourceId, requestId };
    const usage = { featureId, userNo, quantity, dimensions: by.dimensions, occurredAt };
    const { required, available } = refusal;
    const { testClock } = customer;
    deciding.state.denials.set(`${customerId} ${eventId}`, {
      ...pool,
      ...usage,
      required,
      available,
      testClock,
    });
  }
  return refused(refusal, working, "quantity");
}

const BURNED = ["consumed"] as const;

/** What is kept of an event for its reversal: where its units were counted. */
function countedAs({ cost }: Price): string | null {
  return typeof cost === "bigint" || cost.counter === null ? null : keepCounted(cost.counter);
}
