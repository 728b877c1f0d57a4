import type { Entry } from "@credits-kit/engine";
import type { Attribution } from "../storage/pools/insert-group.ts";
import type { HoldRecord } from "../storage/pools/hold-record.ts";
import type {
  CaptureHoldCommand,
  ConsumeCommand,
  Dimensions,
  EventCommand,
  GrantCommand,
  GrantedCommand,
  HoldCommand,
  PlaceHoldCommand,
  PoolCommand,
} from "./command.ts";

const NOBODY = {
  reason: null,
  featureId: null,
  userNo: null,
  quantity: null,
  dimensions: null,
} as const;

/** What comes by itself because its time has come. */
export const BY_CLOCK: Attribution = {
  ...NOBODY,
  ...{ sourceKind: "system", sourceId: null, actorKind: "system", actorId: "clock", requestId: null },
};

/** An entry that an event caused. */
export function attributeEvent(command: EventCommand, userNo: number | null): Attribution {
  return {
    ...by(command),
    sourceKind: "event",
    sourceId: command.eventId,
    featureId: command.featureId,
    userNo,
    quantity: command.quantity,
    dimensions: writeDimensions(command.dimensions),
  };
}

/** An entry that consumption or a new hold caused. */
export function attributeSpending(
  command: ConsumeCommand | PlaceHoldCommand,
  userNo: number | null,
): Attribution {
  const { asked } = command;
  return {
    ...by(command),
    ...(command.kind === "consume"
      ? { sourceKind: "consume", sourceId: command.consumeId }
      : { sourceKind: "hold", sourceId: command.holdId }),
    ...(asked.kind === "feature" ? { featureId: asked.featureId, quantity: asked.quantity } : {}),
    userNo,
    dimensions: writeDimensions(command.dimensions),
  };
}

/** An entry about a hold that was placed before. A capture is usage of the feature that the hold was for. */
export function attributeHold(command: HoldCommand, hold: HoldRecord): Attribution {
  const usage = command.kind === "capture_hold" ? usageOf(command, hold) : {};
  return { ...by(command), sourceKind: "hold", sourceId: hold.holdId, ...usage };
}

function usageOf({ quantity, dimensions }: CaptureHoldCommand, hold: HoldRecord) {
  const { featureId, userNo } = hold;
  return { featureId, userNo, quantity, dimensions: writeDimensions(dimensions ?? hold.dimensions) };
}

/** The entry that brings a grant into its pool. */
export function attributeGrant(command: GrantCommand): Attribution {
  const { source, reason } = command;
  return { ...by(command), sourceKind: source.kind, sourceId: source.id, reason };
}

/** An entry that changes a grant. */
export function attributeGranted(command: GrantedCommand): Attribution {
  if (command.kind === "update_grant") {
    return { ...by(command), sourceKind: "grant", sourceId: command.grantId, reason: command.reason ?? null };
  }
  const { reason } = command;
  if (command.kind === "revoke_grant") {
    return { ...by(command), sourceKind: "api", sourceId: command.externalReference, reason };
  }
  return { ...by(command), sourceKind: command.source.kind, sourceId: command.source.id, reason };
}

/** An entry that time or a rule caused: its source is the hold that ended, else the grant that it moves. */
export function attributeSettlement(entry: Entry, source: { kind: "grant" | "hold"; id: string | null }) {
  return {
    ...NOBODY,
    sourceKind: source.kind,
    sourceId: source.id,
    actorKind: "system",
    actorId: entry.type === "overage_repaid" ? "repayment" : "clock",
    requestId: null,
  };
}

/** Who asks, and nothing else yet. */
export function by({ actor, requestId }: PoolCommand) {
  return {
    ...NOBODY,
    sourceKind: actor.kind,
    sourceId: null,
    actorKind: actor.kind,
    actorId: actor.id,
    requestId,
  } satisfies Attribution;
}

function writeDimensions(dimensions: Dimensions | null): string | null {
  return dimensions ? JSON.stringify(dimensions) : null;
}
