import type { WidgetGrant, WidgetGrants } from "@credits-kit/client/widget";

const DAY_MS = 86_400_000;

/** A moment so many days from now. */
export const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

export function grantOf(change: Partial<WidgetGrant> = {}): WidgetGrant {
  return {
    ...{ id: "gr_1", creditTypeId: "tokens", resourceId: null, amount: "500", remaining: "240" },
    ...{ consumed: "260", held: "0", frozen: "0", revoked: "0", expired: "0" },
    ...{ category: "paid", status: "active", priority: 50, expiringSoon: false, reason: null },
    ...{ effectiveAt: inDays(-11), expiresAt: inDays(354), createdAt: inDays(-11) },
    actor: { kind: "customer", userId: null },
    source: { kind: "top_up", id: "tu_1" },
    purchase: null,
    ...change,
  };
}

export function purchaseOf(
  change: Partial<NonNullable<WidgetGrant["purchase"]>> = {},
): NonNullable<WidgetGrant["purchase"]> {
  return {
    ...{ topUpId: "tu_1", status: "paid", payUrl: null, receiptUrl: "https://pay.example/receipt" },
    total: { amountMinor: 1_250, currency: "usd" },
    refunded: { amountMinor: 0, currency: "usd" },
    invoice: null,
    ...change,
  };
}

/** One grant of every sort. */
export function someGrants(): WidgetGrant[] {
  const invoice = {
    ...{ id: "in_1", status: "open", number: "LUM-0042", url: "https://pay.example/invoice", pdfUrl: null },
    ...{ dueAt: inDays(5), isOverdue: false },
  };
  const host = { actor: { kind: "host", userId: null }, source: { kind: "api", id: null } } as const;
  const plan = {
    category: "recurring",
    source: { kind: "plan", id: "pl_1" },
    priority: 10,
    actor: { kind: "system", userId: null },
  } as const;
  return [
    grantOf({ purchase: purchaseOf(), held: "40", actor: { kind: "customer", userId: "ada" } }),
    grantOf({
      ...{ id: "gr_2", amount: "100", remaining: "100", category: "promo", priority: 20, ...host },
      ...{ expiringSoon: true, effectiveAt: inDays(-9), expiresAt: inDays(6.5) },
    }),
    grantOf({
      ...{ id: "gr_3", amount: "250", remaining: "250", status: "payment_pending", expiresAt: null },
      ...{ source: { kind: "invoice", id: null }, reason: "Campaign in March" },
      purchase: purchaseOf({ status: "awaiting_payment", payUrl: invoice.url, receiptUrl: null, invoice }),
    }),
    grantOf({ id: "gr_4", amount: "1200.5", remaining: "1200.5", status: "frozen", purchase: purchaseOf() }),
    grantOf({ id: "gr_5", amount: "1000", remaining: "0", status: "depleted", ...plan }),
    grantOf({
      ...{ id: "gr_6", amount: "1000", remaining: "1000", status: "scheduled", ...plan },
      ...{ effectiveAt: inDays(19.5), expiresAt: inDays(50) },
    }),
    grantOf({ id: "gr_7", amount: "50", remaining: "0", status: "expired", expiresAt: inDays(-3), ...host }),
    grantOf({ id: "gr_8", amount: "75", remaining: "0", status: "revoked", ...host }),
  ];
}

export function grantsOf(data = someGrants(), change: Partial<WidgetGrants> = {}): WidgetGrants {
  return {
    ...{ data, nextCursor: null, prevCursor: null },
    creditTypes: [
      { id: "tokens", name: "AI Tokens", symbol: null, unit: { singular: "token", plural: "tokens" } },
    ],
    ...change,
  };
}
