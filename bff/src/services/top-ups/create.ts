import type { TopUp, TopUpInput } from "@credits-kit/contract";
import { historiesOf } from "../../storage/payments/top-ups.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { priceOrder, priceOrderAt } from "../quotes/price-order.ts";
import { pay } from "./pay.ts";
import { gatewayOf } from "./payments.ts";
import { placeOrder } from "./place-order.ts";
import { viewTopUp } from "./view.ts";

/**
 * Orders credits for a customer. With an idempotency key, asking again gives the same order, and its money once.
 * @throws ServiceError of the pricing; `card_declined`; `state_conflict` where nothing can be bought; `overloaded` while
 * it is not known what Stripe did
 */
export async function createTopUp(deps: Deps, call: Call, input: TopUpInput): Promise<TopUp | StoredAnswer> {
  const { customerId } = input;
  const options = { content: input, status: 201, customerId, keep: withoutSecret };
  return answerClaimed({ deps, call }, options, () => order(deps, call, input));
}

async function order(deps: Deps, call: Call, input: TopUpInput): Promise<TopUp> {
  gatewayOf(deps);
  const { successUrl, cancelUrl, ...terms } = input;
  const { price, currency } = terms;
  const { idempotency, actor, requestId } = call;
  const row = await placeOrder(
    deps,
    {
      ...terms,
      resourceId: input.resourceId ?? "",
      orderKey: idempotency ? `idem:${idempotency.key}` : `call:${requestId}`,
      content: input,
      actor,
      requestId,
      sourceKind: input.method === "invoice" ? "invoice" : "top_up",
      uiMode: input.uiMode ?? "hosted",
      savesCard: input.saveCard ?? false,
      paymentMethodId: input.paymentMethodId ?? null,
      effectiveAt: input.effectiveAt ?? null,
      reason: input.reason ?? null,
      externalReference: input.externalReference ?? null,
      metadata: input.metadata ?? {},
      priority: input.priority ?? 0,
      ...(successUrl === undefined ? {} : { successUrl: (id: string) => withId(successUrl, id) }),
      ...(cancelUrl === undefined ? {} : { cancelUrl: (id: string) => withId(cancelUrl, id) }),
    },
    () =>
      price === undefined || currency === undefined
        ? priceOrder(deps, input)
        : priceOrderAt(deps, input, { amount: price, currency }),
  );
  const looked = await pay(deps, row);
  const { customer_id, top_up_id } = row;
  return viewTopUp(deps, looked, await historiesOf(deps.database.writer, customer_id, [top_up_id]));
}

function withId(address: string, topUpId: string): string {
  return address.replaceAll("{TOP_UP_ID}", topUpId);
}

/** What is kept for replays shows no secret. */
function withoutSecret(topUp: TopUp): TopUp {
  return { ...topUp, clientSecret: null };
}
