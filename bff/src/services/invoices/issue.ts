import { ServiceError } from "../../errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import type { InvoiceView } from "../../payments/invoice-gateway.ts";
import { findStripeCustomer } from "../../storage/payments/stripe-customers.ts";
import { noteStripeObjects } from "../../storage/payments/stripe-objects.ts";
import { findTopUp, storeTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { reportFinding } from "../reconciliation/report.ts";
import { readSettingsNow } from "../settings/get.ts";
import type { Looked } from "../top-ups/looked.ts";
import { failTopUp } from "../top-ups/move.ts";
import { gatewayOf, toServiceError, type TopUpDeps } from "../top-ups/payments.ts";
import { givenUp, titleOf } from "../top-ups/start-payment.ts";
import { stripeCustomerOf } from "../top-ups/stripe-customer.ts";
import { judgeInvoice, settleInvoice } from "./settle.ts";
import { isWithdrawn, settleVoid, voidAtStripe } from "./withdraw.ts";

const DEFAULT_DAYS_UNTIL_DUE = 30;

/**
 * Sends the invoice of an order and gives its credits, locked until it is paid, or spendable at once where the order says
 * so. Every step can be repeated: what an earlier try has done is found at Stripe.
 * @throws ServiceError `overloaded` when it is not known whether Stripe did it: the same order may be sent again, and is
 * taken up by whoever looks next; what Stripe refuses fails the order, once nobody can pay it
 */
export async function issueInvoice(deps: TopUpDeps, order: TopUpRow): Promise<Looked> {
  try {
    const { order: ready, invoice } = await bringOut(deps, order);
    return await settleInvoice(deps, { order: ready, invoice, cause: "order" });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (error.kind !== "refused") throw toServiceError(error);
    return refuse(deps, order, error);
  }
}

/**
 * Fails an order that Stripe refused. What was made of its invoice is taken back first: it could be paid for nothing.
 * @returns the order where its invoice was paid meanwhile @throws ServiceError otherwise
 */
async function refuse(deps: TopUpDeps, placed: TopUpRow, refusal: GatewayError): Promise<Looked> {
  const told = toServiceError(refusal);
  const order = (await findTopUp(deps.database.writer, placed)) ?? placed;
  const invoice = await orServiceError(async () => {
    const made = await findInvoiceOf(deps, order);
    return made && (await voidAtStripe(deps, order, made));
  });
  if (invoice?.status === "paid") return settleInvoice(deps, { order, invoice, cause: "order" });
  const failure = { code: refusal.code ?? "refused", declineCode: null, message: told.message };
  const failed = await failTopUp(deps, order, failure);
  if (invoice) await settleVoid(deps, { order: failed, invoice, step: { cause: "order" } });
  throw told;
}

async function orServiceError<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GatewayError ? toServiceError(error) : error;
  }
}

/**
 * Takes the invoice as far as it takes to be paid: drafted, with its line, final, sent. No further where it is not what was
 * ordered, or its order was given up meanwhile.
 * @throws GatewayError
 */
export async function bringOut(
  deps: TopUpDeps,
  placed: TopUpRow,
): Promise<{ order: TopUpRow; invoice: InvoiceView }> {
  const payments = gatewayOf(deps);
  const found = await findInvoiceOf(deps, placed);
  const order = found ? placed : await withTerms(deps, placed);
  const { top_up_id: topUpId, customer_id: customerId, stripe_key: key, currency } = order;
  const stripeCustomerId = await stripeCustomerOf(deps, customerId);
  const shared = { topUpId, customerId, stripeCustomerId, currency, title: await titleOf(deps, order) };
  const isRepeated = placed.called_at !== null;
  let invoice = found ?? (await draft(deps, order, { ...shared, isRepeated }));
  await adopt(deps, order, invoice);
  if (invoice.status === "draft" && invoice.subtotalMinor === 0n) {
    invoice = await payments.addInvoiceLine({
      ...shared,
      invoiceId: invoice.id,
      amountMinor: BigInt(order.total_minor),
      idempotencyKey: `${key}-line`,
    });
  }
  const { id } = invoice;
  // Noted with the order by now: who gives the order up from here on finds it.
  const standing = await findTopUp(deps.database.writer, order);
  if (standing && isWithdrawn(standing)) return { order: standing, invoice };
  if (invoice.status === "draft" && (await judgeInvoice(deps, order, invoice)) === null)
    invoice = await payments.finalizeInvoice({ id, idempotencyKey: `${key}-finalize` });
  const isToBeSent = invoice.status === "open" && order.invoice_status === null;
  if (isToBeSent && (await judgeInvoice(deps, order, invoice)) === null) await send(deps, order, id);
  const change = {
    invoice_id: id,
    pay_url: invoice.url,
    invoice_url: invoice.url,
    invoice_pdf_url: invoice.pdfUrl,
  };
  return { order: { ...order, ...change }, invoice };
}

/**
 * Sends an invoice. Whether it was sent cannot be asked for, and a key gives its first answer for ever: so where there was
 * none, it is sent once more, as two letters are better than none. It can be paid without any.
 * @throws GatewayError when Stripe refuses, or has too much to do
 */
async function send(deps: TopUpDeps, order: TopUpRow, id: string): Promise<void> {
  for (const idempotencyKey of [`${order.stripe_key}-send`, `${order.stripe_key}-send-again`]) {
    try {
      await gatewayOf(deps).sendInvoice({ id, idempotencyKey });
      return;
    } catch (error) {
      if (!(error instanceof GatewayError) || error.kind !== "unknown") throw error;
    }
  }
  const detail = "Stripe did not say whether the invoice was sent: send it from its dashboard.";
  await reportFinding(deps, { kind: "invoice_mismatch", about: id, order, detail });
}

/** The invoice of an order, by its id or by the order that it names; null where Stripe has none. @throws GatewayError */
export async function findInvoiceOf(deps: TopUpDeps, order: TopUpRow): Promise<InvoiceView | null> {
  const payments = gatewayOf(deps);
  if (order.invoice_id !== null) return payments.readInvoice(order.invoice_id);
  if (order.called_at === null) return null;
  const row = await findStripeCustomer(deps.database.writer, order.customer_id);
  if (!row?.stripe_customer_id) return null;
  const { top_up_id: topUpId, called_at: calledAt } = order;
  return payments.findInvoice({
    topUpId,
    stripeCustomerId: row.stripe_customer_id,
    sinceMs: calledAt.getTime(),
  });
}

/** Keeps the terms of the invoice before Stripe is called: the policies may change while it is. */
async function withTerms(deps: TopUpDeps, order: TopUpRow): Promise<TopUpRow> {
  const { writer } = deps.database;
  const { releaseOn } = await readSettingsNow(deps);
  await storeTopUp(writer, order, {
    days_until_due: order.days_until_due ?? DEFAULT_DAYS_UNTIL_DUE,
    release_on: order.release_on ?? releaseOn,
    called_at: order.called_at ?? new Date(deps.now()),
  });
  return (await findTopUp(writer, order)) ?? order;
}

type Shared = Omit<
  Parameters<ReturnType<typeof gatewayOf>["createInvoice"]>[0],
  "daysUntilDue" | "automaticTax" | "idempotencyKey"
>;

async function draft(
  deps: TopUpDeps,
  order: TopUpRow,
  { isRepeated, ...shared }: Shared & { isRepeated: boolean },
): Promise<InvoiceView> {
  const { automaticTax } = await readSettingsNow(deps);
  try {
    return await gatewayOf(deps).createInvoice({
      ...shared,
      daysUntilDue: order.days_until_due ?? DEFAULT_DAYS_UNTIL_DUE,
      automaticTax,
      idempotencyKey: `${order.stripe_key}-invoice`,
    });
  } catch (error) {
    // No answer, or a key that was used while a policy was another one: what the first call made may be there.
    if (!(error instanceof GatewayError) || error.kind === "missing") throw error;
    const made = await findInvoiceOf(deps, order);
    if (made) return made;
    if (isRepeated && error.code === "stripe_failed") throw givenUp(error, "invoice");
    throw error;
  }
}

async function adopt(deps: TopUpDeps, order: TopUpRow, { id }: InvoiceView): Promise<void> {
  const { customer_id, top_up_id } = order;
  if (order.invoice_id !== null && order.invoice_id !== id)
    throw new ServiceError("state_conflict", "The order has another invoice.");
  await storeTopUp(deps.database.writer, order, { invoice_id: id });
  await noteStripeObjects(deps.database.writer, [{ object_id: id, customer_id, top_up_id }]);
}
