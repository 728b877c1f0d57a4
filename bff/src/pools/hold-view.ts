import { formatCredits } from "@credits-kit/amounts";
import type { Hold } from "@credits-kit/contract";
import type { HoldRecord } from "../storage/pools/hold-record.ts";

/** A hold as the API shows it. */
export function viewHold(record: HoldRecord): Hold {
  return {
    id: record.holdId,
    customerId: record.customerId,
    creditTypeId: record.creditTypeId,
    resourceId: record.resourceId === "" ? null : record.resourceId,
    featureId: record.featureId,
    userId: record.userId,
    amount: formatCredits(record.amount),
    captured: formatCredits(record.captured),
    held: formatCredits(record.held),
    status: record.ended ?? "open",
    expiresAt: new Date(record.expiresAt).toISOString(),
    metadata: { ...record.metadata },
    createdAt: new Date(record.createdAt).toISOString(),
    closedAt: record.closedAt === null ? null : new Date(record.closedAt).toISOString(),
    requestId: record.requestId,
  };
}
