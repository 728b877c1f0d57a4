import type { World } from "../world.ts";
import { whole } from "./listing.ts";

/** What an object shows only when it is asked for by `expand`; undefined when there is no such thing. */
export function includable(world: World, target: Record<string, unknown>, name: string): unknown {
  const { object, id } = target;
  if (typeof id !== "string") return undefined;
  if (object === "charge" && name === "refunds") {
    const refunds = world.store.refunds.newestFirst().filter((refund) => refund.charge === id);
    return whole(refunds, `/v1/charges/${id}/refunds`);
  }
  if (object === "checkout.session" && name === "line_items") {
    return whole(world.store.checkouts.get(id)?.lineItems ?? [], `/v1/checkout/sessions/${id}/line_items`);
  }
  if (object === "invoice" && name === "payments") {
    const payments = world.store.invoicePayments.newestFirst().filter((payment) => payment.invoice === id);
    return whole(payments, `/v1/invoices/${id}/payments`);
  }
  // Absent as long as there is none, yet expandable in Stripe's API.
  return OPTIONAL.has(`${String(object)}.${name}`) ? null : undefined;
}

const OPTIONAL = new Set([
  "customer.sources",
  "customer.subscriptions",
  "customer.tax",
  "customer.tax_ids",
  "checkout.session.total_details.breakdown",
  "refund.failure_balance_transaction",
]);
