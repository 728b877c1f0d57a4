import { type TopUp, routes, type WidgetTopUp } from "@credits-kit/contract";
import { type StripeSandbox, startStripeSandbox } from "@credits-kit/stripe-sandbox";
import { after, afterEach, before } from "node:test";
import Stripe from "stripe";
import { processStripeEvents } from "../../bff/src/payments/inbox/process.ts";
import { stripeCustomerOf } from "../../bff/src/services/top-ups/stripe-customer.ts";
import { findStripeCustomer } from "../../bff/src/storage/payments/stripe-customers.ts";
import {
  assertInvariants,
  type BodyOf,
  type Engine,
  mint,
  Shop,
  startTestApp,
  type TestApp,
  type TestAppOptions,
} from "../../bff/src/test-support/index.ts";

export const STRIPE_KEY = "sk_test_till_0123456789";
export const PUBLISHABLE_KEY = "pk_test_till_0123456789";
export const WEBHOOK_SECRET = "whsec_till_0123456789abcdef";

export interface TillOptions extends TestAppOptions {
  readonly replicas?: 1 | 2;
}

/** A shop that sells credits through Stripe's double, over real HTTP. */
export interface Till {
  readonly app: () => TestApp;
  /** The other replica, or the first one where there is none. */
  readonly other: () => TestApp;
  readonly sandbox: () => StripeSandbox;
  readonly shop: Shop;
  /** The clock of the BFF and of Stripe, in milliseconds since 1970. */
  readonly clock: { ms: number };
  /** A customer on the plan `sells`. */
  buyer(): Promise<string>;
  order(customerId: string, order?: Partial<BodyOf<typeof routes.createTopUp>>): Promise<TopUp>;
  read(id: string): Promise<TopUp>;
  widgetOrder(
    session: string,
    order: Partial<BodyOf<typeof routes.createWidgetTopUp>> & { orderKey: string },
  ): Promise<WidgetTopUp>;
  session(customerId: string, scopes?: readonly ("read" | "top_up")[]): Promise<string>;
  /** Lets the buyer pay a hosted or embedded checkout. */
  pay(order: Pick<TopUp, "url" | "clientSecret">, card?: string): void;
  /** Stripe's own client, for what happens outside of the product. */
  readonly stripe: () => Stripe;
  /** Stripe's id of a customer who has ordered before. */
  stripeIdOf(customerId: string): Promise<string>;
  /** A buyer who has saved a card. */
  cardHolder(card?: string): Promise<string>;
  /** Waits for Stripe's deliveries and deals with what came. */
  hear(): Promise<void>;
}

/** Gives a suite a till. Every test is followed by an audit. */
export function useTill(engine: Engine, options: TillOptions = {}): Till {
  const clock = { ms: Date.now() };
  const now = () => clock.ms;
  let sandbox: StripeSandbox | null = null;
  const apps: TestApp[] = [];
  const need = (place: number): TestApp => {
    const app = apps[place] ?? apps[0];
    if (!app) throw new Error("the till opens before the first test");
    return app;
  };
  const double = (): StripeSandbox => {
    if (!sandbox) throw new Error("the till opens before the first test");
    return sandbox;
  };
  const shop = new Shop(() => need(0).client);
  const stripe = () =>
    new Stripe(STRIPE_KEY, {
      protocol: "http",
      host: "127.0.0.1",
      port: new URL(double().url).port,
      telemetry: false,
    });
  const stripeIdOf = async (customerId: string) => {
    const row = await findStripeCustomer(need(0).database.writer, customerId);
    if (!row?.stripe_customer_id) throw new Error("the customer has not ordered");
    return row.stripe_customer_id;
  };

  before(async () => {
    sandbox = await startStripeSandbox({ secretKeys: [STRIPE_KEY], now });
    const env = {
      STRIPE_SECRET_KEY: STRIPE_KEY,
      STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_BASE: sandbox.url,
      ...options.env,
    };
    apps.push(await startTestApp(engine, { now, ...options, env }));
    if (options.replicas === 2) {
      apps.push(await startTestApp(engine, { now, ...options, env, shared: need(0).testDatabase }));
    }
    sandbox.control.setWebhook({ url: `${need(0).client.url}/stripe/webhook`, secret: WEBHOOK_SECRET });
    await shop.open();
    await shop.plan({ ...SELLING, id: "sells" });
  });
  afterEach(() => assertInvariants(need(0).database));
  after(async () => {
    await sandbox?.close();
    for (const app of apps.toReversed()) await app.close();
  });

  return {
    app: () => need(0),
    other: () => need(1),
    sandbox: double,
    shop,
    clock,
    buyer: () => shop.customer({ plan: "sells" }),
    order: async (customerId, order = {}) => {
      const body = {
        customerId,
        creditTypeId: "credits",
        credits: "500",
        method: "checkout",
        ...order,
      } as const;
      return (await need(0).client.call(routes.createTopUp, { body })).body;
    },
    read: async (id) => (await need(0).client.call(routes.getTopUp, { params: { id } })).body,
    widgetOrder: async (session, order) => {
      const body = { creditTypeId: "credits", credits: "500", ...order };
      return (await need(0).client.call(routes.createWidgetTopUp, { body, credential: session })).body;
    },
    session: (customerId, scopes = ["read", "top_up"]) =>
      mint(need(0).client, customerId, { scopes: [...scopes] }),
    pay: (order, card = "pm_card_visa") => {
      const outcome = double().control.completeCheckout(sessionIdOf(order), { card });
      if (outcome.state !== "complete") throw new Error(JSON.stringify(outcome));
    },
    stripe,
    stripeIdOf,
    cardHolder: async (card = "pm_card_visa") => {
      const customerId = await shop.customer({ plan: "sells" });
      await stripeCustomerOf(need(0).money, customerId);
      await stripe().paymentMethods.attach(card, { customer: await stripeIdOf(customerId) });
      return customerId;
    },
    hear: async () => {
      await double().control.webhooksIdle();
      await processStripeEvents(need(0).money);
    },
  };
}

/** The plan that sells: a cent a credit, at least 100 credits. */
export const SELLING: Omit<BodyOf<typeof routes.createPlan>, "name"> = {
  creditTypeId: "credits",
  limit: "hard",
  rates: [{ featureId: "image", creditsPerUnit: 5 }],
  topUp: {
    prices: [
      { amount: "0.01", currency: "usd" },
      { amount: "1.5", currency: "jpy" },
      { amount: "0.0031", currency: "kwd" },
    ],
    min: "100",
    max: "100000",
    packages: [{ credits: "1000", price: { amountMinor: 900, currency: "usd" }, label: "Starter" }],
    grantExpiresAfter: "P1Y",
  },
};

/** The id of what one of Stripe's objects names, whole or not. */
export function idAtStripe(named: string | { readonly id: string } | null): string {
  return typeof named === "string" ? named : (named?.id ?? "");
}

/** The checkout session that an order's address or secret leads to. */
export function sessionIdOf({ url, clientSecret }: Pick<TopUp, "url" | "clientSecret">): string {
  const id = /cs_[A-Za-z0-9_]+?(?=_secret|$|[^A-Za-z0-9_])/.exec(clientSecret ?? url ?? "")?.[0];
  if (id === undefined) throw new Error("the order has no checkout");
  return id;
}
