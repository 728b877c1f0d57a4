import type Stripe from "stripe";
import type { FraudWarningView, ReversalGateway, ReversalView } from "../reversal-gateway.ts";
import type { StripeConnection } from "./connection.ts";
import { viewDispute, viewFraudWarning, viewRefund } from "./reversal-views.ts";

const PAGE = 100;

/** The part of the gateway that is about refunds and disputes. */
export function reversalGateway(connection: StripeConnection): ReversalGateway {
  return {
    readRefund: async (id) => viewRefund(await connection.call((sdk) => sdk.refunds.retrieve(id))),
    readDispute: async (id) => viewDispute(await connection.call((sdk) => sdk.disputes.retrieve(id))),
    reversalsOf: (paymentId) => reversalsOf(connection, paymentId),
    reversals: (sinceMs) => reversals(connection, { created: { gte: Math.floor(sinceMs / 1000) - 1 } }),
    paymentOfCharge: (chargeId) => paymentOfCharge(connection, chargeId),
    readFraudWarning: (id) => readFraudWarning(connection, id),
  };
}

async function reversalsOf(connection: StripeConnection, paymentId: string): Promise<ReversalView[]> {
  const found: ReversalView[] = [];
  for await (const each of reversals(connection, { payment_intent: paymentId })) found.push(each);
  return found;
}

type Asked = Pick<Stripe.RefundListParams & Stripe.DisputeListParams, "created" | "payment_intent">;

async function* reversals(connection: StripeConnection, asked: Asked): AsyncGenerator<ReversalView> {
  yield* paged(
    (after) => connection.call((sdk) => sdk.refunds.list({ ...asked, limit: PAGE, ...after })),
    viewRefund,
  );
  yield* paged(
    (after) => connection.call((sdk) => sdk.disputes.list({ ...asked, limit: PAGE, ...after })),
    viewDispute,
  );
}

async function* paged<Item extends { id: string }>(
  read: (after: { starting_after?: string }) => Promise<Stripe.ApiList<Item>>,
  view: (item: Item) => ReversalView,
): AsyncGenerator<ReversalView> {
  for (let after: { starting_after?: string } = {}; ;) {
    const page = await read(after);
    yield* page.data.map(view);
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
