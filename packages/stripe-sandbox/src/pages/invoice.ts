import express, { type Request, type Response, type Router } from "express";
import type Stripe from "stripe";
import { StripeProblem } from "../errors.ts";
import { payInvoice } from "../resources/invoices/pay.ts";
import { paymentOf } from "../resources/invoices/lifecycle.ts";
import { createPaymentMethod } from "../resources/payment-methods/payment-method.ts";
import { idOf, type World } from "../world.ts";
import { cardFields, type CardEntry } from "./card-form.ts";
import type { CheckoutPages } from "./checkout.ts";
import { entryOf, formOf, meansOf } from "./form-body.ts";
import { html, type Html } from "./html.ts";
import { notice, sendPage } from "./layout.ts";
import { day, money } from "./money.ts";
import { textPdf } from "./pdf.ts";

/** The page of an invoice, on which it can be paid, and its PDF. */
export function invoicePages({ world, delivered }: CheckoutPages): Router {
  const router = express.Router();
  router.get("/i/:id/:token", (request, response) => showInvoice(world, { request, response }));
  router.get("/i/:id/:token/pdf", (request, response) => {
    const invoice = find(world, request);
    if (invoice === undefined) return notFound(response);
    response
      .set({
        "Content-Type": "application/pdf",
        "Content-Disposition": `inline; filename="${invoice.number ?? "invoice"}.pdf"`,
      })
      .send(textPdf(linesOf(world, invoice)));
  });
  router.post("/i/:id/:token", async (request, response) => {
    const invoice = find(world, request);
    if (invoice === undefined) return notFound(response);
    const form = formOf(request);
    const entry = entryOf(form);
    if (form["fill"] !== undefined || !isPayable(invoice))
      return showInvoice(world, { request, response, entry });
    try {
      const means = meansOf(entry);
      const paymentMethod =
        typeof means === "string"
          ? means
          : createPaymentMethod(world, means, { email: invoice.customer_email }).id;
      payInvoice(world, invoice, {
        paymentMethod,
        offSession: false,
        returnUrl: invoice.hosted_invoice_url ?? undefined,
      });
      const asks = paymentOf(world, invoice)?.next_action?.redirect_to_url?.url;
      if (asks) return response.redirect(303, asks);
      await delivered();
      response.redirect(303, request.path);
    } catch (error) {
      if (!(error instanceof StripeProblem)) throw error;
      showInvoice(world, { request, response, entry, problem: error.body.message, status: error.status });
    }
  });
  return router;
}

interface Shown {
  request: Request;
  response: Response;
  entry?: CardEntry;
  problem?: string;
  status?: number;
}

function showInvoice(world: World, { request, response, entry = {}, problem, status }: Shown): void {
  const invoice = find(world, request);
  if (invoice === undefined) return notFound(response);
  const { currency, number } = invoice;
  const rows = invoice.lines.data.map(({ description, amount }) =>
    row(description ?? "Item", money(amount, currency)),
  );
  const tax = invoice.total - invoice.subtotal;
  sendPage(response, {
    title: `Invoice ${number ?? ""} · Sandbox`,
    ...(status !== undefined && { status }),
    body: html`<form class="card" method="post" action="${request.path}" data-pay>
      <h1>Invoice ${number ?? ""} <strong>${money(invoice.amount_due, currency)}</strong></h1>
      <p class="small">${stateOf(world, invoice)}</p>
      <table class="summary">
        <caption>
          Invoice
        </caption>
        <tbody>
          ${rows} ${tax > 0 ? row("Tax", money(tax, currency)) : ""}
        </tbody>
        <tfoot>
          ${row("Amount due", money(invoice.amount_remaining, currency))}
        </tfoot>
      </table>
      <p class="actions"><a class="button" href="${invoice.invoice_pdf ?? ""}">Download PDF</a></p>
      ${problem === undefined ? "" : html`<p class="problem" role="alert">${problem}</p>`}
      ${isPayable(invoice) && !isProcessing(world, invoice) ? payPart(world, invoice, entry) : ""}
    </form>`,
  });
}

function payPart(world: World, invoice: Stripe.Invoice, entry: CardEntry): Html {
  const types = paymentOf(world, invoice)?.payment_method_types ?? ["card"];
  return html`<button
      class="default"
      type="submit"
      name="action"
      value="pay"
      tabindex="-1"
      aria-hidden="true"
    >
      Pay
    </button>
    ${cardFields({ entry, types })}
    <button class="primary" type="submit" name="action" value="pay">
      Pay ${money(invoice.amount_remaining, invoice.currency)}
    </button>`;
}

const row = (name: string, value: string): Html =>
  html`<tr>
    <th scope="row">${name}</th>
    <td>${value}</td>
  </tr>`;

const isPayable = ({ status }: Stripe.Invoice): boolean => status === "open" || status === "uncollectible";

const isProcessing = (world: World, invoice: Stripe.Invoice): boolean =>
  paymentOf(world, invoice)?.status === "processing";

function stateOf(world: World, invoice: Stripe.Invoice): string {
  if (invoice.status === "paid")
    return `Paid on ${day(invoice.status_transitions.paid_at ?? invoice.created)}. Thank you.`;
  if (invoice.status === "void") return "This invoice was withdrawn. Nothing is due.";
  if (isProcessing(world, invoice)) return "Your payment is on its way.";
  return invoice.due_date === null ? "Due now" : `Due on ${day(invoice.due_date)}`;
}

function linesOf(world: World, invoice: Stripe.Invoice): string[] {
  const { currency } = invoice;
  return [
    `Invoice ${invoice.number ?? ""}`,
    "Sandbox: a document for tests, no real money.",
    `Issued on ${day(invoice.status_transitions.finalized_at ?? invoice.created)}`,
    `For ${invoice.customer_name ?? invoice.customer_email ?? idOf(invoice.customer) ?? ""}`,
    "",
    ...invoice.lines.data.map(
      ({ description, amount }) => `${description ?? "Item"}: ${money(amount, currency)}`,
    ),
    "",
    `Total: ${money(invoice.total, currency)}`,
    `Amount due: ${money(invoice.amount_remaining, currency)}`,
    stateOf(world, invoice),
  ];
}

function find(world: World, request: Request): Stripe.Invoice | undefined {
  const invoice = world.store.invoices.get(String(request.params["id"]));
  if (invoice === undefined || invoice.deleted) return undefined;
  const path = invoice.hosted_invoice_url?.slice(world.url().length);
  return path === `/i/${invoice.id}/${String(request.params["token"])}` ? invoice : undefined;
}

function notFound(response: Response): void {
  sendPage(response, {
    title: "Not found",
    body: notice("Not found", "There is no such invoice."),
    status: 404,
  });
}
