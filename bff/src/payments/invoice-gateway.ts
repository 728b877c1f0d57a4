import type { OrderAtStripe, OrderMark } from "./order-at-stripe.ts";

/** What the product needs of Stripe about invoices. Every write is made with a key that is kept before it. */
export interface InvoiceGateway {
  /** Makes a draft without lines. @throws GatewayError */
  createInvoice(invoice: NewInvoice): Promise<InvoiceView>;
  /** Adds the one line that an order has. @throws GatewayError */
  addInvoiceLine(line: NewInvoiceLine): Promise<InvoiceView>;
  /** Makes a draft final, so that it can be paid. @throws GatewayError */
  finalizeInvoice(call: InvoiceCall): Promise<InvoiceView>;
  /** Sends it to the customer. @throws GatewayError */
  sendInvoice(call: InvoiceCall): Promise<InvoiceView>;
  /** Marks it paid by money that did not come through Stripe. @throws GatewayError */
  payInvoiceOutOfBand(call: InvoiceCall): Promise<InvoiceView>;
  /** Takes it back: a draft is deleted, an issued one void. @throws GatewayError `refused` for one that is paid */
  voidInvoice(call: InvoiceCall): Promise<void>;
  /** @throws GatewayError `missing` also for one that was deleted */
  readInvoice(id: string): Promise<InvoiceView>;
  /** The invoice that was made for an order at or after a moment, if there is one. @throws GatewayError */
  findInvoice(order: OrderAtStripe): Promise<InvoiceView | null>;
  /** The payments that paid an invoice, mostly one; none where money came another way. @throws GatewayError */
  paymentsOfInvoice(id: string): Promise<string[]>;
}

export interface NewInvoice extends OrderMark {
  readonly stripeCustomerId: string;
  readonly currency: string;
  readonly title: string;
  readonly daysUntilDue: number;
  readonly automaticTax: boolean;
  readonly idempotencyKey: string;
}

export interface NewInvoiceLine extends OrderMark {
  readonly invoiceId: string;
  readonly stripeCustomerId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly title: string;
  readonly idempotencyKey: string;
}

export interface InvoiceCall {
  readonly id: string;
  readonly idempotencyKey: string;
}

export type InvoiceStatus = "draft" | "open" | "paid" | "uncollectible" | "void";

export interface InvoiceView {
  readonly id: string;
  readonly status: InvoiceStatus;
  readonly number: string | null;
  readonly subtotalMinor: bigint;
  /** With tax. */
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly currency: string;
  readonly url: string | null;
  readonly pdfUrl: string | null;
  readonly dueAtMs: number | null;
  readonly stripeCustomerId: string | null;
  readonly isLive: boolean;
  readonly topUpId: string | null;
}
