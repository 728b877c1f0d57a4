import type { InvoiceStatus, InvoiceView } from "../../payments/invoice-gateway.ts";
import type { Expected } from "../top-ups/judge.ts";

/** How far an invoice has come; what is known never goes back. One that is uncollectible can still be paid. */
const RANKS: Readonly<Record<InvoiceStatus, number>> = {
  draft: 1,
  open: 2,
  uncollectible: 3,
  paid: 4,
  void: 4,
};

/** Whether what Stripe says now is not older than what is known. */
export function isNotOlder(known: string | null, told: InvoiceStatus): boolean {
  return known === null || RANKS[told] >= (new Map(Object.entries(RANKS)).get(known) ?? 0);
}

/** In what an invoice is not the order's; null where it is. */
export function differenceOf({ order, owner, isLive }: Expected, invoice: InvoiceView): string | null {
  if (invoice.isLive !== isLive)
    return `is of the ${invoice.isLive ? "live" : "test"} mode, and this deployment is not`;
  if (invoice.topUpId !== order.top_up_id) return `is for the order ${invoice.topUpId ?? "of nobody"}`;
  if (invoice.currency !== order.currency) return `is in ${invoice.currency} instead of ${order.currency}`;
  if (owner !== order.customer_id)
    return `is of ${invoice.stripeCustomerId ?? "nobody"}, who is not this customer at Stripe`;
  const hasNoLine = invoice.status === "draft" && invoice.subtotalMinor === 0n;
  if (hasNoLine || invoice.status === "void") return null;
  const price = BigInt(order.total_minor);
  if (invoice.subtotalMinor !== price) return `asks for ${invoice.subtotalMinor} instead of ${price}`;
  // Tax is within the price or comes on top of it, as the account is set; anything else is a discount.
  const isWhole = invoice.totalMinor === price || invoice.totalMinor - invoice.taxMinor === price;
  return isWhole ? null : `asks for ${invoice.totalMinor - invoice.taxMinor} before tax instead of ${price}`;
}
