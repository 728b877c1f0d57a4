import type { WidgetLedgerEntry } from "@credits-kit/client/widget";

/** An entry of the ledger: an image was made. */
export function entryOf(change: Partial<WidgetLedgerEntry> = {}): WidgetLedgerEntry {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  return {
    creditTypeId: "tokens",
    resourceId: null,
    seq: 3,
    at,
    occurredAt: at,
    type: "consumed",
    delta: "-12.5",
    endBalance: "1240",
    overageChange: "0",
    source: { kind: "event", id: "e-1" },
    purchase: null,
    grantIds: ["gr_1"],
    actor: { kind: "host", userId: null },
    feature: { id: "image", label: "Image" },
    userId: null,
    ...change,
  };
}
