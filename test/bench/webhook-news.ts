import type { ServerClient } from "@credits-kit/client/server";
import type { StripeSandbox } from "@credits-kit/stripe-sandbox";
import Stripe from "stripe";

/** Fewer than orders: a customer at Stripe is made once. */
const CUSTOMERS = 10;
/** So many of five arrivals tell something new of a payment; one is a duplicate, and two are of no interest. */
const NEW_OF_FIVE = 2;

/** What a webhook endpoint is sent: `next` signs it when it is asked for. */
export interface News {
  readonly orderIds: readonly string[];
  /** The same from the beginning, to be told elsewhere. */
  again(): News;
  next(): { body: string; signature: string };
}

/** Makes a plan that sells, and customers on it, through the public API. */
export async function createSelling(client: ServerClient): Promise<string[]> {
  const unit = { singular: "credit", plural: "credits" };
  await client.creditTypes.create({ id: "credits", name: "Credits", unit });
  const topUp = { prices: [{ amount: "0.01", currency: "usd" }] };
  await client.plans.create({
    ...{ id: "sells", name: "Sells", creditTypeId: "credits", limit: "hard", rates: [], topUp },
  });
  const ids = Array.from({ length: CUSTOMERS }, (_, index) => `bench-buyer-${index}`);
  for (const id of ids) {
    await client.customers.upsert(id, {});
    await client.subscriptions.create({ customerId: id, planId: "sells" });
  }
  return ids;
}

/** Has orders made and paid, of which the product has heard nothing yet, for so many arrivals. */
export async function payForNews(
  { client, sandbox, secret }: { client: ServerClient; sandbox: StripeSandbox; secret: string },
  { customerIds, arrivals }: { customerIds: readonly string[]; arrivals: number },
): Promise<News> {
  const needed = Math.ceil((arrivals * NEW_OF_FIVE) / 5);
  const mark = sandbox.control.events.length;
  const orderIds: string[] = [];
  const told = (): readonly Stripe.EventBase[] => sandbox.control.events.slice(mark).filter(isOfPayment);
  while (told().length < needed) {
    const customerId = customerIds[orderIds.length % customerIds.length] ?? "";
    const order = { customerId, creditTypeId: "credits", credits: "500", method: "checkout" } as const;
    const { id, url } = await client.topUps.create(order);
    sandbox.control.completeCheckout(/cs_[A-Za-z0-9_]+/.exec(url ?? "")?.[0] ?? "");
    orderIds.push(id);
  }
  return newsOf({ orderIds, events: told(), secret });
}

/** Of each five arrivals, the first and the third are new, the second is one of those again. */
function newsOf(paid: {
  orderIds: readonly string[];
  events: readonly Stripe.EventBase[];
  secret: string;
}): News {
  const { orderIds, events, secret } = paid;
  const stripe = new Stripe("sk_test_signs_only");
  let [turn, place] = [0, 0];
  const pick = (): object => {
    const of = turn % 5;
    if (of === 0 || of === 2) {
      place += 1;
      return events[place - 1] ?? ofNoInterest();
    }
    return (of === 1 ? events[Math.floor(Math.random() * place)] : null) ?? ofNoInterest();
  };
  const next = () => {
    const body = JSON.stringify(pick(), null, 2);
    turn += 1;
    return { body, signature: stripe.webhooks.generateTestHeaderString({ payload: body, secret }) };
  };
  return { orderIds, again: () => newsOf(paid), next };
}

let lastId = 0;

/** An event of a type that nothing is done about. */
function ofNoInterest(): object {
  const id = `evt_bench_${process.pid}_${(lastId += 1)}`;
  const created = Math.floor(Date.now() / 1000);
  const object = { id: `prod_${lastId}`, object: "product", name: "x".repeat(1_000) };
  const api = { object: "event", api_version: "2026-10-28.endive", livemode: false };
  return { id, ...api, created, type: "product.updated", data: { object } };
}

function isOfPayment({ type }: Stripe.EventBase): boolean {
  return /^(checkout\.session|payment_intent|charge)\./.test(type);
}
