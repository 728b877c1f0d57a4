import type { TopUp } from "@credits-kit/contract";
import type { Till } from "./till.ts";
import { STRIPE_KEY } from "./till.ts";

/** What happens at Stripe after a payment, as people and banks make it happen. */
export interface MoneyBack {
  /** A paid order of so many credits, at a cent each. */
  paid(customerId: string, credits?: string): Promise<TopUp>;
  /** Refunds so many cents of an order; all of it if left out. @returns Stripe's id of the refund */
  refund(order: TopUp, cents?: number): Promise<string>;
  /** The charge that an order was paid by. */
  chargeOf(order: TopUp): Promise<string>;
  /** Opens a dispute of so many cents; of all if left out. @returns Stripe's id of it */
  dispute(
    order: TopUp,
    cents?: number,
    status?: "needs_response" | "warning_needs_response",
  ): Promise<string>;
}

export function moneyBack(till: Till): MoneyBack {
  const ask = async (path: string, form?: Record<string, string>): Promise<Record<string, unknown>> => {
    const reply = await fetch(`${till.sandbox().url}/v1/${path}`, {
      headers: { authorization: `Bearer ${STRIPE_KEY}` },
      ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
    });
    const body: unknown = await reply.json();
    if (!reply.ok || typeof body !== "object" || body === null) throw new Error(JSON.stringify(body));
    return Object.fromEntries(Object.entries(body));
  };
  const paymentOf = (order: TopUp): string => order.paymentIntentId ?? "";
  const chargeOf = async (order: TopUp): Promise<string> =>
    String((await ask(`payment_intents/${paymentOf(order)}`)).latest_charge);
  return {
    chargeOf,
    async paid(customerId, credits = "500") {
      const order = await till.order(customerId, { credits });
      till.pay(order);
      await till.hear();
      return till.read(order.id);
    },
    async refund(order, cents) {
      const form: Record<string, string> = { payment_intent: paymentOf(order) };
      if (cents !== undefined) form.amount = String(cents);
      return String((await ask("refunds", form)).id);
    },
    async dispute(order, cents, status = "needs_response") {
      const start = { status, ...(cents === undefined ? {} : { amount: cents }) };
      return till.sandbox().control.openDispute(await chargeOf(order), start).id;
    },
  };
}
