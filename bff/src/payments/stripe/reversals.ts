import type Stripe from "stripe";
import type { FraudWarningView, ReversalGateway, ReversalView } from "../reversal-gateway.ts";
import { createdSince, type StripeConnection } from "./connection.ts";
import { paymentReversedBy, viewDispute, viewFraudWarning, viewRefund } from "./reversal-views.ts";

const PAGE = 100;

/** The part of the gateway that is about refunds and disputes. */
export function reversalGateway(connection: StripeConnection): ReversalGateway {
  return {
    readRefund: async (id) => viewRefund(await connection.call((sdk) => sdk.refunds.retrieve(id))),
    readDispute: async (id) => viewDispute(await connection.call((sdk) => sdk.disputes.retrieve(id))),
    reversalsOf: (paymentId) => reversalsOf(connection, paymentId),
    reversedPayments: (sinceMs) => reversedPayments(connection, sinceMs),
    paymentOfCharge: (chargeId) => paymentOfCharge(connection, chargeId),
    readFraudWarning: (id) => readFraudWarning(connection, id),
  };
}

async function reversalsOf(connection: StripeConnection, paymentId: string): Promise<ReversalView[]> {
  const found: ReversalView[] = [];
  const asked = { payment_intent: paymentId };
  for await (const refund of refunds(connection, asked)) found.push(viewRefund(refund));
  for await (const dispute of disputes(connection, asked)) found.push(viewDispute(dispute));
  return found;
}

/** Most may be of other products' payments: only which payment they are of is read. */
async function* reversedPayments(connection: StripeConnection, sinceMs: number): AsyncGenerator<string> {
  const asked = { created: createdSince(sinceMs) };
  for (const list of [refunds, disputes]) {
    for await (const object of list(connection, asked)) {
      const paymentId = paymentReversedBy(object);
      if (paymentId !== null) yield paymentId;
    }
  }
}

type Asked = Pick<Stripe.RefundListParams & Stripe.DisputeListParams, "created" | "payment_intent">;

function refunds(connection: StripeConnection, asked: Asked): AsyncGenerator<Stripe.Refund> {
  return paged((after) => connection.call((sdk) => sdk.refunds.list({ ...asked, limit: PAGE, ...after })));
}

function disputes(connection: StripeConnection, asked: Asked): AsyncGenerator<Stripe.Dispute> {
  return paged((after) => connection.call((sdk) => sdk.disputes.list({ ...asked, limit: PAGE, ...after })));
}

async function* paged<Item extends { id: string }>(
  read: (after: { starting_after?: string }) => Promise<Stripe.ApiList<Item>>,
): AsyncGenerator<Item> {
  for (let after: { starting_after?: string } = {}; ;) {
    const page = await read(after);
    yield* page.data;
    const last = page.data.at(-1);
    if (!page.has_more || !last) return;
    after = { starting_after: last.id };
  }
}

async function paymentOfCharge(connection: StripeConnection, chargeId: string): Promise<string | null> {
  const { payment_intent: payment } = await connection.call((sdk) => sdk.charges.retrieve(chargeId));
  return typeof payment === "object" ? (payment?.id ?? null) : payment;
}

async function readFraudWarning(connection: StripeConnection, id: string): Promise<FraudWarningView> {
  return viewFraudWarning(await connection.call((sdk) => sdk.radar.earlyFraudWarnings.retrieve(id)));
}
