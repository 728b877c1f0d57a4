import type { Grant } from "@credits-kit/contract";
import { grantPaymentsOf } from "../../storage/payments/grant-payments.ts";
import type { Deps } from "../call.ts";

/** Adds to grants of one customer what their payments are shown as. */
export async function withPayments(
  { database }: Pick<Deps, "database">,
  customerId: string,
  grants: readonly Grant[],
): Promise<Grant[]> {
  const paidOnes = grants.filter((grant) => grant.category === "paid").map((grant) => grant.id);
  const payments = await grantPaymentsOf(database.writer, customerId, paidOnes);
  return grants.map((grant) => {
    const payment = payments.get(grant.id);
    if (!payment) return grant;
    const { status, invoice_url: invoiceUrl, receipt_url: receiptUrl } = payment;
    return { ...grant, payment: { status, invoiceUrl, receiptUrl } };
  });
}
