import type Stripe from "stripe";
import type { OrderAtStripe } from "../gateway.ts";
import type {
  InvoiceCall,
  InvoiceGateway,
  InvoiceView,
  NewInvoice,
  NewInvoiceLine,
} from "../invoice-gateway.ts";
import { markOf } from "./checkouts.ts";
import { createdSince, type StripeConnection } from "./connection.ts";
import { viewInvoice } from "./invoice-views.ts";
import { TOP_UP_MARK } from "./views.ts";

const PAGE = 100;

/** The part of the gateway that is about invoices. */
export function invoiceGateway(connection: StripeConnection): InvoiceGateway {
  const seen = async (work: (sdk: Stripe) => Promise<unknown>): Promise<InvoiceView> =>
    viewInvoice(await connection.call(work));
  return {
    createInvoice: (invoice) => createInvoice(connection, invoice),
    addInvoiceLine: (line) => addInvoiceLine(connection, line),
    finalizeInvoice: ({ id, idempotencyKey }) =>
      seen((sdk) => sdk.invoices.finalizeInvoice(id, { auto_advance: true }, { idempotencyKey })),
    sendInvoice: ({ id, idempotencyKey }) =>
      seen((sdk) => sdk.invoices.sendInvoice(id, {}, { idempotencyKey })),
    payInvoiceOutOfBand: ({ id, idempotencyKey }) =>
      seen((sdk) => sdk.invoices.pay(id, { paid_out_of_band: true }, { idempotencyKey })),
    voidInvoice: (call) => voidInvoice(connection, call),
    readInvoice: (id) => seen((sdk) => sdk.invoices.retrieve(id)),
    findInvoice: (order) => findInvoice(connection, order),
    paymentsOfInvoice: (id) => paymentsOfInvoice(connection, id),
  };
}

async function createInvoice(connection: StripeConnection, invoice: NewInvoice): Promise<InvoiceView> {
  const { stripeCustomerId, currency, title, daysUntilDue, automaticTax, idempotencyKey } = invoice;
  const params: Stripe.InvoiceCreateParams = {
    customer: stripeCustomerId,
    currency,
    collection_method: "send_invoice",
    days_until_due: daysUntilDue,
    // What else waits to be invoiced is none of this order's.
    pending_invoice_items_behavior: "exclude",
    auto_advance: false,
    description: title,
    metadata: markOf(invoice),
    ...(automaticTax ? { automatic_tax: { enabled: true } } : {}),
  };
  return viewInvoice(await connection.call((sdk) => sdk.invoices.create(params, { idempotencyKey })));
}

async function addInvoiceLine(connection: StripeConnection, line: NewInvoiceLine): Promise<InvoiceView> {
  const { invoiceId, stripeCustomerId, amountMinor, currency, title, idempotencyKey } = line;
  const params: Stripe.InvoiceItemCreateParams = {
    customer: stripeCustomerId,
    invoice: invoiceId,
    amount: Number(amountMinor),
    currency,
    description: title,
    metadata: markOf(line),
  };
  await connection.call((sdk) => sdk.invoiceItems.create(params, { idempotencyKey }));
  return viewInvoice(await connection.call((sdk) => sdk.invoices.retrieve(invoiceId)));
}

async function voidInvoice(connection: StripeConnection, { id, idempotencyKey }: InvoiceCall): Promise<void> {
  const { status } = await connection.call((sdk) => sdk.invoices.retrieve(id));
  if (status === "void") return;
  if (status === "draft") await connection.call((sdk) => sdk.invoices.del(id, {}, { idempotencyKey }));
  else await connection.call((sdk) => sdk.invoices.voidInvoice(id, {}, { idempotencyKey }));
}

async function findInvoice(
  connection: StripeConnection,
  { topUpId, stripeCustomerId, sinceMs }: OrderAtStripe,
): Promise<InvoiceView | null> {
  const created = createdSince(sinceMs);
  for (let startingAfter: string | undefined; ;) {
    const page: Stripe.ApiList<Stripe.Invoice> = await connection.call((sdk) =>
      sdk.invoices.list({
        customer: stripeCustomerId,
        created,
        limit: PAGE,
        ...(startingAfter === undefined ? {} : { starting_after: startingAfter }),
      }),
    );
    const found = page.data.find(({ metadata }) => metadata?.[TOP_UP_MARK] === topUpId);
    if (found) return viewInvoice(found);
    startingAfter = page.data.at(-1)?.id;
    if (!page.has_more || startingAfter === undefined) return null;
  }
}

/** An invoice has fewer payments than a page holds. */
async function paymentsOfInvoice(connection: StripeConnection, id: string): Promise<string[]> {
  const { data } = await connection.call((sdk) =>
    sdk.invoicePayments.list({ invoice: id, status: "paid", limit: PAGE }),
  );
  return data.flatMap(({ payment: { payment_intent: intent } }) => {
    if (intent === undefined) return [];
    return [typeof intent === "string" ? intent : intent.id];
  });
}
