import type { WidgetLedger, WidgetLedgerEntry } from "@credits-kit/client/widget";
import { inDays, purchaseOf } from "./grants.ts";

const TOKENS = {
  id: "tokens",
  name: "AI Tokens",
  symbol: null,
  unit: { singular: "token", plural: "tokens" },
};
export const IMAGES = {
  id: "images",
  name: "Images",
  symbol: null,
  unit: { singular: "image", plural: "images" },
};

export function entryOf(change: Partial<WidgetLedgerEntry> = {}): WidgetLedgerEntry {
  const { at = inDays(-1) } = change;
  return {
    ...{ creditTypeId: "tokens", resourceId: null, seq: 7, at, occurredAt: at },
    ...{ type: "consumed", delta: "-5", endBalance: "1240", overageChange: "0" },
    source: { kind: "event", id: "ev_1" },
    purchase: null,
    grantIds: ["gr_1"],
    actor: { kind: "host", userId: null },
    feature: { id: "image", label: "Image generation" },
    userId: "ada",
    ...change,
  };
}

/** One entry of most sorts. */
export function someEntries(): WidgetLedgerEntry[] {
  const none = { feature: null, userId: null };
  const system = { actor: { kind: "system", userId: null } } as const;
  return [
    entryOf({ seq: 12, at: inDays(-0.1) }),
    entryOf({
      seq: 11,
      at: inDays(-0.2),
      delta: "-0.25",
      userId: "bob",
      feature: { id: "email", label: "E-mail" },
    }),
    entryOf({
      seq: 10,
      at: inDays(-1),
      type: "hold_placed",
      delta: "0",
      source: { kind: "hold", id: "h_1" },
    }),
    entryOf({ seq: 9, at: inDays(-1.1), type: "reversed", delta: "5" }),
    entryOf({
      ...{ seq: 8, at: inDays(-2), type: "granted", delta: "500", endBalance: "1245.25", ...none },
      ...{ source: { kind: "top_up", id: "tu_1" }, purchase: purchaseOf(), grantIds: ["gr_9"] },
      actor: { kind: "customer", userId: "ada" },
    }),
    entryOf({
      ...{ seq: 7, at: inDays(-9), type: "expired", delta: "-120", endBalance: "745.25", ...none, ...system },
      ...{ source: { kind: "grant", id: "gr_2" }, grantIds: ["gr_2"] },
    }),
    entryOf({
      ...{ seq: 6, at: inDays(-12), type: "granted", delta: "100", endBalance: "865.25", ...none, ...system },
      ...{ source: { kind: "plan", id: "pl_1" }, grantIds: ["gr_3"] },
    }),
  ];
}

export function ledgerOf(
  data: WidgetLedgerEntry[] = someEntries(),
  change: Partial<WidgetLedger> = {},
): WidgetLedger {
  return { data, prevCursor: null, nextCursor: null, creditTypes: [TOKENS], ...change };
}
