import { formatCredits } from "@credits-kit/amounts";
import type { BillingDocument, PlanInForce, WidgetBilling } from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { pageOfPurchases, type PlanInForceRow, plansInForce } from "../../storage/payments/billing.ts";
import type { TopUpRow } from "../../storage/payments/top-ups.ts";
import { creditTypeOnScreen } from "../credit-types/on-screen.ts";
import { invoiceOf } from "../invoices/view.ts";
import { listing, type PageQuery, pageRequest } from "../paging.ts";
import type { TopUpDeps } from "../top-ups/payments.ts";
import { cardsOnScreen } from "./cards.ts";

/** Plan and price, cards, invoices and receipts of a session's customer: one screen. */
export async function readWidgetBilling(
  deps: TopUpDeps,
  { customerId, scopes }: Pick<Session, "customerId" | "scopes">,
  query: PageQuery,
): Promise<WidgetBilling> {
  const scope = { list: "billing", filters: { customerId } };
  const request = pageRequest(query, scope);
  const paymentMethods = await cardsOnScreen(deps, customerId);
  const plans = await plansInForce(deps.database.writer, customerId);
  const page = await pageOfPurchases(deps.database, customerId, request);
  return {
    plans: plans.map(toPlan),
    paymentMethods,
    canManage: scopes.includes("settings") && deps.payments !== null,
    documents: listing(page, scope, (order) => toDocument(order, deps.now())),
  };
}

function toPlan(row: PlanInForceRow): PlanInForce {
  const { price_amount: amount, price_currency: currency, top_up: topUp } = row;
  const agreed = amount === null || currency === null ? null : { amount, currency };
  return {
    subscriptionId: row.subscription_id,
    planId: row.plan_id,
    name: row.plan_name,
    creditType: creditTypeOnScreen({ ...row, id: row.credit_type_id, name: row.credit_type_name }),
    resourceId: row.resource_id === "" ? null : row.resource_id,
    seats: row.seats,
    price: agreed ?? topUp?.prices[0] ?? null,
    isAgreed: agreed !== null,
    topUp: topUp && {
      ...topUp,
      tiers: topUp.tiers ?? [],
      grantExpiresAfter: topUp.grantExpiresAfter ?? null,
    },
    included: row.included,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
  };
}

function toDocument(order: TopUpRow, now: number): BillingDocument {
  const { currency, status, paid_minor: paid, tax_minor: tax } = order;
  const money = (amountMinor: string | bigint) => ({ amountMinor: Number(amountMinor), currency });
  return {
    topUpId: order.top_up_id,
    method: order.method,
    status,
    isAutomatic: order.source_kind === "auto_top_up",
    creditTypeId: order.credit_type_id,
    resourceId: order.resource_id === "" ? null : order.resource_id,
    credits: formatCredits(BigInt(order.credits)),
    total: money(paid === null ? order.total_minor : BigInt(paid) + BigInt(tax ?? 0)),
    tax: tax === null ? null : money(tax),
    refunded: money(order.refunded_minor),
    payUrl: status === "awaiting_payment" ? order.invoice_url : null,
    receiptUrl: order.receipt_url,
    invoice: invoiceOf(order, now),
    createdAt: order.created_at.toISOString(),
  };
}
