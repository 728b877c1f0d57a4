import { type AutoTopUp, routes } from "@credits-kit/contract";
import assert from "node:assert/strict";
import { z } from "zod";
import { findAttempt, findOpenAttempt, storeAttempt } from "../../bff/src/storage/auto-top-ups/attempts.ts";
import { stripeCustomerOf } from "../../bff/src/services/top-ups/stripe-customer.ts";
import { sweepAutoTopUps } from "../../bff/src/services/auto-top-ups/sweep.ts";
import { noticesOf } from "../../bff/src/storage/auto-top-ups/notices.ts";
import { storeRule } from "../../bff/src/storage/auto-top-ups/rules.ts";
import { type BodyOf, mint } from "../../bff/src/test-support/index.ts";
import { STRIPE_KEY, type Till } from "./till.ts";

const HOUR_MS = 60 * 60 * 1000;

export const usd = (amountMinor: number) => ({ amountMinor, currency: "usd" });

const stripeAnswer = z.looseObject({
  id: z.string().optional(),
  data: z.array(z.looseObject({ status: z.string().optional() })).optional(),
});

/** A customer of a till whose credits are bought by themselves. */
export interface AutoCustomer {
  readonly customerId: string;
  /** The customer's id at Stripe. */
  readonly stripeId: string;
}

/** How a customer of a till begins. */
export interface AutoOptions {
  /** A test card that is saved; none if null. */
  readonly card?: string | null;
  readonly credits?: string;
  /** None if null. */
  readonly rule?: Partial<BodyOf<typeof routes.putAutoTopUp>> | null;
  readonly plan?: string;
}

/** What tests of auto top-ups do with a till. */
export function autoTools(till: Till) {
  const client = () => till.app().client;
  let keys = 0;
  /** Asks Stripe's double as an operator at its dashboard would. */
  const ask = async (method: string, path: string, fields?: Record<string, string>) => {
    const response = await fetch(`${till.sandbox().url}/v1/${path}`, {
      method,
      headers: { Authorization: `Bearer ${STRIPE_KEY}` },
      ...(fields ? { body: new URLSearchParams(fields) } : {}),
    });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    return stripeAnswer.parse(JSON.parse(text));
  };
  const stripe = (path: string, fields: Record<string, string> = {}) => ask("POST", path, fields);
  const tools = {
    stripe,
    /** Adds a card to a customer at Stripe. */
    addCard: async (stripeId: string, card = "pm_card_visa"): Promise<string> => {
      const { id = "" } = await stripe(`payment_methods/${card}/attach`, { customer: stripeId });
      return id;
    },
    makeDefault: (stripeId: string, cardId: string) =>
      stripe(`customers/${stripeId}`, { "invoice_settings[default_payment_method]": cardId }),
    deleteCustomer: (stripeId: string) => ask("DELETE", `customers/${stripeId}`),
    /** The states of a customer's payments, the newest first. */
    statuses: async (stripeId: string): Promise<string[]> => {
      const { data = [] } = await ask("GET", `payment_intents?customer=${stripeId}`);
      return data.map(({ status }) => status ?? "");
    },
    /** A customer with a saved card, credits and, unless null, a rule: below 100, up to 600. */
    customer: async (options: AutoOptions = {}): Promise<AutoCustomer> => {
      const { card = "pm_card_visa", credits = "300", rule = {}, plan = "sells" } = options;
      const customerId = await till.shop.customer({ plan, credits });
      const stripeId = await stripeCustomerOf(till.app().money, customerId);
      if (card !== null) await tools.addCard(stripeId, card);
      if (rule !== null) await tools.put(customerId, rule);
      return { customerId, stripeId };
    },
    put: async (
      customerId: string,
      rule: Partial<BodyOf<typeof routes.putAutoTopUp>> = {},
    ): Promise<AutoTopUp> => {
      const amount = rule.credits === undefined ? { target: "600" } : {};
      const body = { enabled: true, threshold: "100", ...amount, ...rule };
      return (await client().call(routes.putAutoTopUp, { params: poolOf(customerId), body })).body;
    },
    read: async (customerId: string): Promise<AutoTopUp> =>
      (await client().call(routes.getAutoTopUp, { params: poolOf(customerId) })).body,
    attempts: async (customerId: string) =>
      (await client().call(routes.listAutoTopUpAttempts, { params: poolOf(customerId) })).body.data,
    resume: async (customerId: string): Promise<AutoTopUp> =>
      (await client().call(routes.resumeAutoTopUp, { params: poolOf(customerId) })).body,
    burn: (customerId: string, amount: string) => {
      keys += 1;
      return till.shop.consume(customerId, { id: `burn-${keys}`, amount });
    },
    /** What the worker does by and by. */
    sweep: () => sweepAutoTopUps(till.app().money),
    /** Lets the pause of a rule be over. */
    coolDown: async (customerId: string): Promise<void> => {
      await storeRule(till.app().database.writer, keyOf(customerId), { paused_until: null });
    },
    /** Lets the pause after a failure be over: an hour of the customer's. */
    backOff: async (customerId: string): Promise<void> => {
      await tools.coolDown(customerId);
      tools.later(60);
      const { writer } = till.app().database;
      for (const { id } of await tools.attempts(customerId)) {
        const key = { customer_id: customerId, attempt_id: id };
        const known = await findAttempt(writer, key);
        if (known)
          await storeAttempt(writer, key, { started_at: new Date(known.started_at.getTime() - HOUR_MS) });
      }
    },
    /** Lets a day pass for whoever is to confirm. */
    actionIsOver: async (customerId: string): Promise<void> => {
      const { writer } = till.app().database;
      const open = await findOpenAttempt(writer, keyOf(customerId));
      assert.ok(open?.action_until);
      await storeAttempt(writer, open, { action_until: new Date(0) });
    },
    /** Lets real time pass for the product and for Stripe. */
    later: (minutes: number): void => void (till.clock.ms += minutes * 60_000),
    /** Opens a page of the product's that a person was given the address of. */
    open: (address: string | null) =>
      client().send("GET", (address ?? "").replace("http://bff.test", ""), { credential: null }),
    /** What the customer is to be told of one kind: percents of limits, statuses or reasons. */
    notices: async (customerId: string, kind: string) =>
      (await noticesOf(till.app().database.writer, customerId))
        .filter((notice) => notice.kind === kind)
        .map(({ details }) => details.percent ?? details.suspendedReason ?? details.reason ?? details.status),
    balance: async (customerId: string) => (await till.shop.balance(customerId)).balance,
    /** The payments of a customer at Stripe, by status. */
    charges: (stripeId: string, status = "succeeded") =>
      till
        .sandbox()
        .control.events.filter(
          ({ type, data }) =>
            type === EVENTS[status] && "customer" in data.object && data.object.customer === stripeId,
        ).length,
    session: (customerId: string) => mint(client(), customerId, { scopes: ["read", "settings"] }),
  };
  return tools;
}

const EVENTS: Readonly<Record<string, string>> = {
  succeeded: "payment_intent.succeeded",
  failed: "payment_intent.payment_failed",
  made: "payment_intent.created",
};

function keyOf(customerId: string) {
  return { customer_id: customerId, credit_type_id: "credits", resource_id: "" };
}

export function poolOf(customerId: string) {
  return { id: customerId, creditType: "credits" };
}
