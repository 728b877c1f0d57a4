import type Stripe from "stripe";
import type { TestCard } from "../../cards/card.ts";
import { invalidRequest } from "../../errors.ts";
import { idOf, need, type World } from "../../world.ts";
import { createCustomer } from "../customers/customer.ts";
import { confirmPayment } from "../payment-intents/confirm.ts";
import { createPaymentIntent } from "../payment-intents/payment-intent.ts";
import { createPaymentMethod, findPaymentMethod } from "../payment-methods/payment-method.ts";
import { confirmSetup } from "../setup-intents/setup-intent.ts";
import { expireDue } from "./expire.ts";
import { completeSession } from "./follow.ts";
import { customerDetails } from "./session.ts";

/** What a person enters on the page. */
export interface CheckoutEntry {
  /** A test card, or the id of a payment method that was saved before. */
  means: TestCard | string;
  email?: string | undefined;
  name?: string | undefined;
  /** The person wants the card to be kept. */
  save?: boolean | undefined;
  /** Where a bank's question leads back to. */
  returnUrl?: string | undefined;
}

/** What becomes of it: all done, or the bank asks something first, on this page. */
export type CheckoutStep = { state: "complete" } | { state: "asks"; url: string };

/** Pays a session, or saves a card by it. @throws StripeProblem when it is over, or the bank declines. */
export function payCheckout(
  world: World,
  session: Stripe.Checkout.Session,
  entry: CheckoutEntry,
): CheckoutStep {
  expireDue(world);
  if (session.status !== "open")
    throw invalidRequest(
      `This checkout is ${session.status === "expired" ? "expired" : "already complete"}.`,
    );
  const email = entry.email ?? session.customer_details?.email ?? session.customer_email;
  session.customer_details = customerDetails({ email, name: entry.name ?? session.customer_details?.name });
  return session.mode === "setup" ? saveCard(world, session, entry) : pay(world, session, entry);
}

function pay(world: World, session: Stripe.Checkout.Session, entry: CheckoutEntry): CheckoutStep {
  const details = world.store.checkouts.get(session.id);
  const usage = details?.payment.setupFutureUsage ?? (entry.save === true ? "on_session" : null);
  ensureCustomer(world, session, usage !== null);
  if (session.amount_total === 0) {
    completeSession(world, session, "no_payment_required");
    return { state: "complete" };
  }
  const method = methodOf(world, session, entry);
  const payment = paymentOf(world, session);
  payment.setup_future_usage = usage;
  confirmPayment(world, payment, {
    paymentMethod: method.id,
    returnUrl: entry.returnUrl ?? session.success_url,
  });
  const url = payment.next_action?.redirect_to_url?.url;
  return payment.status === "requires_action" && url ? { state: "asks", url } : { state: "complete" };
}

function saveCard(world: World, session: Stripe.Checkout.Session, entry: CheckoutEntry): CheckoutStep {
  const setup = need(world.store.setupIntents, idOf(session.setup_intent) ?? "");
  ensureCustomer(world, session, false);
  setup.customer ??= session.customer;
  const method = methodOf(world, session, entry);
  confirmSetup(world, setup, { method: method.id, returnUrl: entry.returnUrl ?? session.success_url });
  const url = setup.next_action?.redirect_to_url?.url;
  return setup.status === "requires_action" && url ? { state: "asks", url } : { state: "complete" };
}

/** The payment of the session: made with the first try, used again by the next ones. */
function paymentOf(world: World, session: Stripe.Checkout.Session): Stripe.PaymentIntent {
  const known = world.store.paymentIntents.get(idOf(session.payment_intent) ?? "");
  const details = world.store.checkouts.get(session.id);
  const amount = session.amount_total ?? 0;
  if (known) {
    known.amount = amount;
    known.customer = session.customer;
    return known;
  }
  const payment = createPaymentIntent(world, {
    amount,
    currency: session.currency ?? "usd",
    customer: idOf(session.customer),
    description: details?.payment.description,
    metadata: details?.payment.metadata ?? {},
    receiptEmail: details?.payment.receiptEmail,
    setupFutureUsage: details?.payment.setupFutureUsage,
    allowed: session.allowed_payment_method_types ?? undefined,
    statementDescriptor: details?.payment.statementDescriptor ?? undefined,
  });
  session.payment_intent = payment.id;
  return payment;
}

function ensureCustomer(world: World, session: Stripe.Checkout.Session, required: boolean): void {
  if (session.customer !== null || (!required && session.customer_creation !== "always")) return;
  const { email, name } = session.customer_details ?? {};
  const customer = createCustomer(world, { email, name });
  session.customer = customer.id;
  world.emit("customer.created", customer);
}

function methodOf(
  world: World,
  session: Stripe.Checkout.Session,
  { means }: CheckoutEntry,
): Stripe.PaymentMethod {
  if (typeof means !== "string") return createPaymentMethod(world, means, session.customer_details ?? {});
  const saved = findPaymentMethod(world, means);
  if (saved === undefined || saved.customer === null || saved.customer !== session.customer) {
    throw invalidRequest("This payment method is not one of yours.");
  }
  return saved;
}
