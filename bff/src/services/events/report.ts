import { formatCredits } from "@credits-kit/amounts";
import { type ErrorCode, type EventResult, usageEvent, type UsageEvent } from "@credits-kit/contract";
import type { EventCommand } from "../../pools/command.ts";
import { canonical, contentHash } from "../../pools/content-hash.ts";
import type { Outcome } from "../../pools/outcome.ts";
import type { Call, Deps } from "../call.ts";
import { firstFault } from "./first-fault.ts";

const ONE_UNIT = 1_000_000n;

/**
 * Burns the credits that usage events cost, and answers once that is committed: a result for each item, in the order
 * sent. What is wrong with one item, its shape included, rejects that item alone.
 * @param items as they were sent; 1 to 1,000
 */
export async function reportEvents(
  deps: Pick<Deps, "pools">,
  call: Call,
  items: readonly unknown[],
): Promise<EventResult[]> {
  const results = new Array<EventResult>(items.length);
  const commands: EventCommand[] = [];
  const places: number[] = [];
  items.forEach((item, index) => {
    const parsed = usageEvent.safeParse(item);
    if (parsed.success) {
      commands.push(toCommand(parsed.data, call));
      places.push(index);
    } else {
      results[index] = rejectedResult(idOf(item), firstFault(parsed.error, item));
    }
  });
  const outcomes = await deps.pools.submit(commands);
  outcomes.forEach((outcome, index) => {
    const command = commands[index];
    const place = places[index];
    if (command && place !== undefined) results[place] = toResult(command.eventId, outcome);
  });
  return results;
}

/** The command of an event. Its hash leaves out what the caller left out, so that a default is no other content. */
function toCommand(event: UsageEvent, { actor, requestId }: Call): EventCommand {
  return {
    kind: "event",
    customerId: event.customerId,
    id: `event:${event.id}`,
    contentHash: contentHash([
      event.featureId,
      event.quantity,
      event.userId,
      event.resourceId,
      event.timestamp,
      canonical(event.dimensions),
      event.limit,
      event.backfill,
    ]),
    actor,
    requestId,
    eventId: event.id,
    featureId: event.featureId,
    quantity: event.quantity ?? ONE_UNIT,
    userId: event.userId ?? null,
    resourceId: event.resourceId ?? "",
    timestamp: event.timestamp ?? null,
    dimensions: event.dimensions ?? null,
    limit: event.limit ?? null,
    backfill: event.backfill ?? false,
  };
}

function toResult(id: string, outcome: Outcome): EventResult {
  switch (outcome.kind) {
    case "applied":
    case "duplicate":
      return {
        id,
        status: outcome.kind,
        creditTypeId: outcome.entry.creditTypeId,
        delta: formatCredits(outcome.entry.delta),
        balance: formatCredits(outcome.entry.balance),
        seq: outcome.entry.seq,
        ...(outcome.kind === "duplicate"
          ? { current: { balance: formatCredits(outcome.current.balance), seq: outcome.current.seq } }
          : {}),
      };
    case "rejected":
      return {
        ...rejectedResult(id, outcome),
        ...(outcome.pool
          ? {
              creditTypeId: outcome.pool.creditTypeId,
              balance: formatCredits(outcome.pool.balance),
              seq: outcome.pool.seq,
            }
          : {}),
        ...(outcome.required === undefined ? {} : { required: formatCredits(outcome.required) }),
        ...(outcome.available === undefined ? {} : { available: formatCredits(outcome.available) }),
      };
    case "settled":
      throw new Error("an event does not settle");
  }
}

function rejectedResult(
  id: string | null,
  { code, path, message }: { code: ErrorCode; path: string; message: string },
): EventResult {
  return {
    id,
    status: "rejected",
    creditTypeId: null,
    delta: null,
    balance: null,
    seq: null,
    error: { code, path, message },
  };
}

function idOf(item: unknown): string | null {
  return typeof item === "object" && item !== null && "id" in item && typeof item.id === "string"
    ? item.id.slice(0, 128).toWellFormed()
    : null;
}
