import type { EventCommand, GrantCommand, PoolCommand } from "../command.ts";
import { contentHash } from "../content-hash.ts";

const CREDIT = 1_000_000n;
const by = { actor: { kind: "api_key", id: "key_test" }, requestId: "req_test" } as const;
let made = 0;

/** A grant of whole credits, each call another one. */
export function grant(customerId: string, credits: bigint, more: Partial<GrantCommand> = {}): GrantCommand {
  const grantId = `gr_${(made += 1)}`;
  return {
    kind: "grant",
    customerId,
    id: `grant:${grantId}`,
    contentHash: contentHash([grantId]),
    ...by,
    grantId,
    creditTypeId: "tok",
    resourceId: "",
    amount: credits * CREDIT,
    category: "paid",
    costBasis: null,
    priority: 0,
    effectiveAt: null,
    expiresAt: null,
    reason: null,
    externalReference: null,
    metadata: {},
    source: { kind: "api", id: null },
    ...more,
  };
}

/** An event that burns one credit unless told otherwise. */
export function event(customerId: string, eventId: string, more: Partial<EventCommand> = {}): EventCommand {
  const { quantity = CREDIT, featureId = "image" } = more;
  return {
    kind: "event",
    customerId,
    id: `event:${eventId}`,
    contentHash: contentHash([featureId, quantity]),
    ...by,
    eventId,
    featureId,
    quantity,
    userId: null,
    resourceId: "",
    timestamp: null,
    dimensions: null,
    limit: null,
    backfill: false,
    ...more,
  };
}

/** Lets time pass in a customer's pools. */
export function settle(customerId: string): PoolCommand {
  return { kind: "settle", customerId, id: null, contentHash: contentHash([]), ...by };
}
