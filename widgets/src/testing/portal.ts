import type {
  BillingDocument,
  PlanInForce,
  WidgetBilling,
  WidgetForecast,
  WidgetLedger,
  WidgetLedgerEntry,
  WidgetNotificationPreferences,
} from "@credits-kit/client/widget";
import { inDays } from "./grants.ts";
import { VISA } from "./top-ups.ts";
import { forecastOf } from "./usage.ts";

const TOKENS = {
  id: "tokens",
  name: "AI Tokens",
  symbol: null,
  unit: { singular: "token", plural: "tokens" },
};

const usd = (amountMinor: number) => ({ amountMinor, currency: "usd" });

export function entryOf(change: Partial<WidgetLedgerEntry> = {}): WidgetLedgerEntry {
  return {
    ...{ creditTypeId: "tokens", resourceId: null, seq: 9, type: "consumed", delta: "-20" },
    ...{ endBalance: "1240", overageChange: "0", at: inDays(-0.1), occurredAt: inDays(-0.1) },
    ...{ source: { kind: "event", id: "ev_1" }, purchase: null, grantIds: ["gr_1"], userId: "ada" },
    actor: { kind: "host", userId: null },
    feature: { id: "image", label: "Image generation" },
    ...change,
  };
}

/** Some of what happens in a pool, the latest first. */
export function someEntries(): WidgetLedgerEntry[] {
  const host = { feature: null, userId: null } as const;
  return [
    entryOf(),
    entryOf({ seq: 8, delta: "-0.5", endBalance: "1260", feature: { id: "email", label: "E-mail" } }),
    entryOf({ seq: 7, type: "granted", delta: "500", endBalance: "1260.5", at: inDays(-1.2), ...host }),
    entryOf({ seq: 6, type: "hold_placed", delta: "0", endBalance: "760.5", at: inDays(-2), ...host }),
    entryOf({ seq: 5, type: "expired", delta: "-50", endBalance: "760.5", at: inDays(-3), ...host }),
  ];
}

export function ledgerOf(data = someEntries(), change: Partial<WidgetLedger> = {}): WidgetLedger {
  return { data, nextCursor: null, prevCursor: null, creditTypes: [TOKENS], ...change };
}

/** Runs out in 26 days, give or take. */
export function outlookOf(change: Partial<WidgetForecast> = {}): WidgetForecast {
  const runsOutAt = { likely: inDays(26), earliest: inDays(21), latest: inDays(34) };
  return forecastOf({ runsOutAt, creditType: TOKENS, ...change });
}

export function planOf(change: Partial<PlanInForce> = {}): PlanInForce {
  return {
    ...{ subscriptionId: "sub_1", planId: "pro", name: "Studio Pro", creditType: TOKENS, resourceId: null },
    ...{ seats: 3, price: { amount: "0.0125", currency: "usd" }, isAgreed: false, topUp: null },
    included: {
      ...{ credits: "1000", every: "month", rollover: "none", priority: 10, costBasis: null, perSeat: false },
    },
    ...{ startsAt: inDays(-100), endsAt: null },
    ...change,
  };
}

export function documentOf(change: Partial<BillingDocument> = {}): BillingDocument {
  return {
    ...{ topUpId: "tu_1", method: "charge", status: "paid", isAutomatic: false, creditTypeId: "tokens" },
    ...{ resourceId: null, credits: "500", total: usd(1_250), tax: null, refunded: usd(0), payUrl: null },
    ...{ receiptUrl: "https://pay.example/receipt", invoice: null, createdAt: inDays(-11) },
    ...change,
  };
}

/** Purchases of every sort. */
export function someDocuments(): BillingDocument[] {
  const invoice = {
    ...{ id: "in_1", status: "open", number: "LUM-0042", url: "https://pay.example/invoice" },
    ...{ pdfUrl: "https://pay.example/invoice.pdf", dueAt: inDays(5), isOverdue: false },
  };
  const unpaid = { method: "invoice", status: "awaiting_payment", receiptUrl: null } as const;
  return [
    documentOf({ topUpId: "tu_4", ...unpaid, payUrl: invoice.url, invoice, credits: "250", total: usd(625) }),
    documentOf({ topUpId: "tu_3", isAutomatic: true, tax: usd(200), createdAt: inDays(-12) }),
    documentOf({ topUpId: "tu_2", refunded: usd(500), createdAt: inDays(-30) }),
    documentOf({ topUpId: "tu_1", status: "failed", receiptUrl: null, createdAt: inDays(-61) }),
  ];
}

export const MASTERCARD = {
  id: "pm_2",
  brand: "mastercard",
  last4: "5454",
  expiryMonth: 1,
  expiryYear: 2026,
};

export function billingOf(change: Partial<WidgetBilling> = {}): WidgetBilling {
  return {
    plans: [planOf()],
    paymentMethods: [
      { ...VISA, isDefault: true },
      { ...MASTERCARD, isDefault: false },
    ],
    canManage: true,
    documents: { data: someDocuments(), nextCursor: null, prevCursor: null },
    ...change,
  };
}

type TypeOfPreferences = WidgetNotificationPreferences["creditTypes"][number];

export function noticesOf(change: Partial<TypeOfPreferences> = {}): TypeOfPreferences {
  const both = { enabled: true, channels: ["in_app" as const, "email" as const] };
  return {
    ...{ creditType: TOKENS, isSet: false, defaultThresholds: ["20%"] },
    ...{ lowBalance: { ...both, thresholds: null }, expiry: { ...both, daysBefore: 14 } },
    ...{ depleted: both, autoTopUp: both, receipts: { enabled: true, channels: ["email"] } },
    ...change,
  };
}

export function preferencesOf(
  change: Partial<WidgetNotificationPreferences> = {},
): WidgetNotificationPreferences {
  return { userId: null, canChange: true, creditTypes: [noticesOf()], ...change };
}
