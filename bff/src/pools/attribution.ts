import type { Entry } from "@credits-kit/engine";
import type { Attribution } from "../storage/pools/insert-group.ts";
import type { EventCommand, GrantCommand } from "./command.ts";
import type { WorkingPool } from "./group-customer.ts";

const NOBODY = {
  reason: null,
  featureId: null,
  userNo: null,
  quantity: null,
  dimensions: null,
} as const;

/** An entry that an event caused. */
export function attributeEvent(command: EventCommand, userNo: number | null): Attribution {
  return {
    ...NOBODY,
    sourceKind: "event",
    sourceId: command.eventId,
    actorKind: command.actor.kind,
    actorId: command.actor.id,
    featureId: command.featureId,
    userNo,
    quantity: command.quantity,
    dimensions: command.dimensions ? JSON.stringify(command.dimensions) : null,
    requestId: command.requestId,
  };
}

/** The entry that brings a grant into its pool. */
export function attributeGrant(command: GrantCommand): Attribution {
  return {
    ...NOBODY,
    sourceKind: command.source.kind,
    sourceId: command.source.id,
    actorKind: command.actor.kind,
    actorId: command.actor.id,
    reason: command.reason,
    requestId: command.requestId,
  };
}

/** An entry that time or a rule caused; its source is the grant that it is about. */
export function attributeSettlement(working: WorkingPool, entry: Entry, granted?: Entry): Attribution {
  const key = entry.draws[0]?.grantKey;
  const grant =
    granted?.grant?.key === key ? granted?.grant : working.pool.grants.find((each) => each.key === key);
  return {
    ...NOBODY,
    sourceKind: "grant",
    sourceId: grant?.id ?? null,
    actorKind: "system",
    actorId: entry.type === "overage_repaid" ? "repayment" : "clock",
    requestId: null,
  };
}
