import { formatCredits } from "@credits-kit/amounts";
import type {
  Money,
  SavedCard,
  WidgetTopUp,
  WidgetTopUpInput,
  WidgetTopUpQuote,
} from "@credits-kit/contract";
import type { Session } from "../../auth/session-tokens.ts";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { GatewayError } from "../../payments/gateway.ts";
import { findCreditType } from "../../storage/catalogue/credit-types.ts";
import { findSoldCreditType } from "../../storage/catalogue/plans-selling.ts";
import { findStripeCustomer } from "../../storage/payments/stripe-customers.ts";
import type { Call, Deps } from "../call.ts";
import { creditTypeOnScreen } from "../credit-types/on-screen.ts";
import { boundsOf } from "../quotes/create.ts";
import { type OrderPrice, priceOrder, termsFor } from "../quotes/price-order.ts";
import { unknown } from "../unknown.ts";
import { pay } from "./pay.ts";
import { gatewayOf } from "./payments.ts";
import { placeOrder } from "./place-order.ts";
import { viewWidgetTopUp } from "./view.ts";

const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** What a widget asks the price of. */
export interface WidgetQuoteQuery {
  readonly creditTypeId?: string | undefined;
  readonly credits?: bigint | undefined;
  readonly currency?: string | undefined;
}

/** What the session's customer can buy, and what so many credits cost. @throws ServiceError as `priceOrder` */
export async function quoteForWidget(
  deps: Deps,
  { customerId }: Pick<Session, "customerId">,
  query: WidgetQuoteQuery,
): Promise<WidgetTopUpQuote> {
  const { writer } = deps.database;
  const creditTypeId = query.creditTypeId ?? (await findSoldCreditType(writer, customerId));
  if (creditTypeId === undefined)
    throw new ServiceError("no_active_subscription", "The customer has no plan that sells credits.");
  const open = await termsFor(deps, { customerId, creditTypeId });
  const creditType = await findCreditType(writer, creditTypeId);
  if (!creditType) throw unknown("credit type", "creditTypeId");
  const currencies = open.agreed ? [open.agreed.currency] : open.terms.prices.map((price) => price.currency);
  const currency = query.currency ?? currencies[0] ?? "";
  if (!currencies.includes(currency))
    throw fieldError("currency", `must be one of ${currencies.join(", ")}`, "currency_mismatch");
  return {
    creditType: creditTypeOnScreen(creditType),
    currency,
    currencies,
    ...boundsOf(open, currency),
    price: await priceOf(deps, { customerId, creditTypeId, credits: query.credits, currency }),
    savedCard: await savedCardOf(deps, customerId),
    publishableKey: deps.payments?.publishableKey ?? null,
  };
}

async function priceOf(
  deps: Deps,
  order: { customerId: string; creditTypeId: string; credits: bigint | undefined; currency: string },
): Promise<WidgetTopUpQuote["price"]> {
  const { credits } = order;
  if (credits === undefined) return null;
  const { currency, pricePerCredit, subtotalMinor, totalMinor } = await priceOrder(deps, {
    ...order,
    credits,
  });
  return {
    credits: formatCredits(credits),
    pricePerCredit: { amount: pricePerCredit, currency },
    subtotal: { amountMinor: Number(subtotalMinor), currency },
    total: { amountMinor: Number(totalMinor), currency },
  };
}

/** The card is a convenience: a page that sells is drawn without it where Stripe does not answer. */
async function savedCardOf(deps: Deps, customerId: string): Promise<SavedCard | null> {
  const row = await findStripeCustomer(deps.database.writer, customerId);
  if (!row?.stripe_customer_id || !deps.payments) return null;
  try {
    return await deps.payments.forScreens.findCard(row.stripe_customer_id);
  } catch (error) {
    if (error instanceof GatewayError) return null;
    throw error;
  }
}

/**
 * Buys credits in a session's name. The same order key is the same order: a double click opens one checkout, charges once.
 * @throws ServiceError of the pricing; `price_changed` where it is not the expected one, and nothing is made;
 * `card_declined`; `validation_failed` for a page on an origin that is not allowed
 */
export async function createWidgetTopUp(
  deps: Deps,
  call: Call,
  { session, input }: { session: Session; input: WidgetTopUpInput },
): Promise<WidgetTopUp> {
  gatewayOf(deps);
  // Under its key an order is the same one, whatever price was shown meanwhile.
  const { expectedTotal, ...content } = input;
  const { returnUrl, orderKey, credits, creditTypeId, resourceId = "", currency } = content;
  if (returnUrl !== undefined) refuseForeign(deps, session, returnUrl);
  const { customerId } = session;
  const method = input.method ?? "checkout";
  const row = await placeOrder(
    deps,
    {
      customerId,
      creditTypeId,
      resourceId,
      credits,
      method,
      orderKey: `widget:${orderKey}`,
      content,
      actor: call.actor,
      requestId: call.requestId,
      uiMode: input.uiMode ?? "hosted",
      savesCard: method === "checkout" && input.saveCard === true,
      ...(returnUrl === undefined ? {} : leadingBackTo(returnUrl)),
    },
    async () => {
      const price = await priceOrder(deps, { customerId, creditTypeId, credits, currency });
      if (expectedTotal) refuseOtherPrice(price, expectedTotal);
      return price;
    },
  );
  return viewWidgetTopUp(deps, await pay(deps, row));
}

/** Nobody pays what they were not shown. */
function refuseOtherPrice({ totalMinor, currency }: OrderPrice, expected: Money): void {
  if (totalMinor === BigInt(expected.amountMinor) && currency === expected.currency) return;
  throw new ServiceError("price_changed", "The price has changed. Nothing was ordered.", {
    details: { total: { amountMinor: Number(totalMinor), currency } },
  });
}

function leadingBackTo(returnUrl: string) {
  const back = (result: string) => (topUpId: string) => {
    const address = new URL(returnUrl);
    address.searchParams.set("credits_top_up", topUpId);
    address.searchParams.set("credits_top_up_result", result);
    return address.href;
  };
  return { successUrl: back("success"), cancelUrl: back("cancelled") };
}

/** A page that a widget names is one that may show widgets: nobody is sent elsewhere by our checkout. */
export function refuseForeign({ selling }: Pick<Deps, "selling">, session: Session, returnUrl: string): void {
  const { origin } = new URL(returnUrl);
  const { allowedOrigins } = selling;
  const isAllowed = allowedOrigins === "local" ? LOCAL.test(origin) : allowedOrigins.includes(origin);
  const isOfSession = session.origins.length === 0 || session.origins.includes(origin);
  if (!isAllowed || !isOfSession) throw fieldError("returnUrl", "must be on an origin that may show widgets");
}
