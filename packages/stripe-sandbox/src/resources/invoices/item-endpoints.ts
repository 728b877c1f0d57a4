import { z } from "zod";
import { invalidRequest, resourceMissing } from "../../errors.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { page, within } from "../../http/listing.ts";
import { created, currency, flag, paging, text } from "../../http/params.ts";
import { idOf, need, needCustomer } from "../../world.ts";
import { needInvoice, writeInvoiceTotals } from "./invoice.ts";
import { addLine, createInvoiceItem } from "./lines.ts";
import { lineShape } from "./shape.ts";

/** Invoice items, and the payments of invoices. */
export const invoiceItemEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/invoiceitems",
    params: { ...lineShape, customer: text, currency: currency.optional(), invoice: text.optional() },
    notDoubled: [
      "customer_account",
      "discounts",
      "pricing",
      "quantity_decimal",
      "subscription",
      "tax_behavior",
      "tax_code",
      "tax_rates",
      "unit_amount_decimal",
    ],
    run({ world, params }) {
      needCustomer(world, params.customer);
      const invoice =
        params.invoice === undefined ? undefined : needInvoice(world, params.invoice, "invoice");
      if (invoice && idOf(invoice.customer) !== params.customer) {
        throw invalidRequest("The invoice belongs to another customer.", { param: "invoice" });
      }
      const itemCurrency = params.currency ?? params.price_data?.currency ?? invoice?.currency;
      if (itemCurrency === undefined) {
        throw invalidRequest("Missing required param: currency.", {
          code: "parameter_missing",
          param: "currency",
        });
      }
      if (invoice && invoice.status !== "draft") {
        throw invalidRequest("Finalized invoices can't be updated in this way.", {
          code: "invoice_not_editable",
        });
      }
      const item = createInvoiceItem(world, { ...params, currency: itemCurrency });
      if (invoice) addLine(world, invoice, item);
      world.emit("invoiceitem.created", item);
      return item;
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/invoiceitems",
    params: {
      ...paging,
      created: created.optional(),
      customer: text.optional(),
      invoice: text.optional(),
      pending: flag.optional(),
    },
    run({ world, params }) {
      const items = world.store.invoiceItems
        .newestFirst()
        .flatMap((item) => (item.deleted ? [] : [item]))
        .filter(({ customer }) => (params.customer ?? customer) === customer)
        .filter(({ invoice }) => (params.invoice ?? invoice) === invoice)
        .filter(({ invoice }) => params.pending === undefined || params.pending === (invoice === null))
        .filter(({ date }) => within(params.created, date));
      return page(items, "/v1/invoiceitems", params);
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/invoiceitems/:id",
    params: {},
    run: ({ world, id }) => need(world.store.invoiceItems, id),
  }),
  endpoint({
    method: "delete",
    path: "/v1/invoiceitems/:id",
    params: {},
    run({ world, id }) {
      const item = need(world.store.invoiceItems, id);
      if (item.deleted) throw resourceMissing("invoiceitem", id);
      const on = idOf(item.invoice);
      if (on !== null) {
        const invoice = needInvoice(world, on);
        if (invoice.status !== "draft")
          throw invalidRequest("Finalized invoices can't be updated in this way.", {
            code: "invoice_not_editable",
          });
        invoice.lines.data = invoice.lines.data.filter(
          (line) => line.parent?.invoice_item_details?.invoice_item !== id,
        );
        writeInvoiceTotals(world, invoice);
      }
      world.emit("invoiceitem.deleted", item);
      return world.store.invoiceItems.add({ id, object: "invoiceitem", deleted: true });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/invoice_payments",
    params: {
      ...paging,
      created: created.optional(),
      invoice: text.optional(),
      payment: z
        .strictObject({ payment_intent: text.optional(), type: z.enum(["payment_intent", "payment_record"]) })
        .optional(),
      status: z.enum(["open", "paid", "canceled"]).optional(),
    },
    run({ world, params }) {
      const payments = world.store.invoicePayments
        .newestFirst()
        .filter(({ invoice }) => (params.invoice ?? invoice) === invoice)
        .filter(({ status }) => (params.status ?? status) === status)
        .filter(
          ({ payment }) =>
            params.payment?.payment_intent === undefined ||
            payment.payment_intent === params.payment.payment_intent,
        )
        .filter((payment) => within(params.created, payment.created));
      return page(payments, "/v1/invoice_payments", params);
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/invoice_payments/:id",
    params: {},
    run: ({ world, id }) => need(world.store.invoicePayments, id),
  }),
];
