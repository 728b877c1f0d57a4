import { z } from "zod";
import { before } from "../../events/before.ts";
import { invalidRequest } from "../../errors.ts";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { narrowedPage, page } from "../../http/listing.ts";
import { created, flag, paging, text } from "../../http/params.ts";
import { idOf, need } from "../../world.ts";
import { createInvoice, describeInvoice, needInvoice } from "./invoice.ts";
import { finalizeInvoice, markUncollectible, sendInvoice, voidInvoice } from "./lifecycle.ts";
import { addLine, createInvoiceItem, pendingItems } from "./lines.ts";
import { payInvoice } from "./pay.ts";
import { createShape, INVOICE_NOT_DOUBLED, invoiceShape, lineShape } from "./shape.ts";

/** Invoices. */
export const invoiceEndpoints: Endpoint[] = [
  endpoint({
    method: "post",
    path: "/v1/invoices",
    params: createShape,
    notDoubled: INVOICE_NOT_DOUBLED,
    run({ world, params: { pending_invoice_items_behavior: pending, ...params } }) {
      const invoice = createInvoice(world, params);
      if (pending === "include")
        for (const item of pendingItems(world, params.customer)) addLine(world, invoice, item);
      world.emit("invoice.created", invoice);
      return invoice;
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/invoices",
    params: {
      ...paging,
      collection_method: text.optional(),
      created: created.optional(),
      customer: text.optional(),
      status: z.enum(["draft", "open", "paid", "uncollectible", "void"]).optional(),
    },
    run({ world, params }) {
      const invoices = world.store.invoices
        .newestFirst()
        .flatMap((invoice) => (invoice.deleted ? [] : [invoice]));
      return narrowedPage(invoices, {
        url: "/v1/invoices",
        params,
        where: {
          customer: params.customer,
          status: params.status,
          collection_method: params.collection_method,
        },
      });
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/invoices/:id",
    params: {},
    run: ({ world, id }) => need(world.store.invoices, id),
  }),
  endpoint({
    method: "post",
    path: "/v1/invoices/:id",
    params: invoiceShape,
    notDoubled: INVOICE_NOT_DOUBLED,
    run({ world, params, id }) {
      const invoice = needInvoice(world, id);
      const editable = new Set([
        "metadata",
        "description",
        "footer",
        "default_payment_method",
        "auto_advance",
        "due_date",
        "days_until_due",
      ]);
      const refused = Object.keys(params).find((name) => invoice.status !== "draft" && !editable.has(name));
      if (refused !== undefined) {
        throw invalidRequest(`Finalized invoices can't be updated in this way: ${refused}.`, {
          code: "invoice_not_editable",
          param: refused,
        });
      }
      const previous = before(invoice);
      describeInvoice(world, invoice, params);
      world.emit("invoice.updated", invoice, previous());
      return invoice;
    },
  }),
  endpoint({
    method: "delete",
    path: "/v1/invoices/:id",
    params: {},
    run({ world, id }) {
      const invoice = needInvoice(world, id);
      if (invoice.status !== "draft")
        throw invalidRequest("You can only delete draft invoices.", { code: "invoice_not_editable" });
      world.emit("invoice.deleted", invoice);
      return world.store.invoices.add({ id, object: "invoice", deleted: true });
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/invoices/:id/add_lines",
    params: { lines: z.array(z.strictObject(lineShape)).min(1) },
    run({ world, params, id }) {
      const invoice = needInvoice(world, id);
      const customer = idOf(invoice.customer) ?? "";
      for (const line of params.lines) {
        addLine(world, invoice, createInvoiceItem(world, { ...line, customer, currency: invoice.currency }));
      }
      world.emit("invoice.updated", invoice);
      return invoice;
    },
  }),
  endpoint({
    method: "get",
    path: "/v1/invoices/:id/lines",
    params: paging,
    run: ({ world, params, id }) =>
      page(needInvoice(world, id).lines.data, `/v1/invoices/${id}/lines`, params),
  }),
  endpoint({
    method: "post",
    path: "/v1/invoices/:id/finalize",
    params: { auto_advance: flag.optional() },
    run({ world, params, id }) {
      const invoice = needInvoice(world, id);
      if (params.auto_advance !== undefined) invoice.auto_advance = params.auto_advance;
      return finalizeInvoice(world, invoice);
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/invoices/:id/pay",
    params: {
      off_session: flag.optional(),
      paid_out_of_band: flag.optional(),
      payment_method: text.optional(),
    },
    notDoubled: ["forgive", "mandate", "source"],
    run({ world, params, id }) {
      return payInvoice(world, needInvoice(world, id), {
        paymentMethod: params.payment_method,
        outOfBand: params.paid_out_of_band,
        offSession: params.off_session,
      });
    },
  }),
  endpoint({
    method: "post",
    path: "/v1/invoices/:id/send",
    params: {},
    run: ({ world, id }) => sendInvoice(world, needInvoice(world, id)),
  }),
  endpoint({
    method: "post",
    path: "/v1/invoices/:id/void",
    params: {},
    run: ({ world, id }) => voidInvoice(world, needInvoice(world, id)),
  }),
  endpoint({
    method: "post",
    path: "/v1/invoices/:id/mark_uncollectible",
    params: {},
    run: ({ world, id }) => markUncollectible(world, needInvoice(world, id)),
  }),
];
