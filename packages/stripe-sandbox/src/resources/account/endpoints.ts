import type Stripe from "stripe";
import { endpoint, type Endpoint } from "../../http/endpoint.ts";
import { newId } from "../../ids.ts";

const account: Stripe.Account = {
  id: newId("acct", 16),
  object: "account",
  business_type: "company",
  charges_enabled: true,
  country: "US",
  default_currency: "usd",
  details_submitted: true,
  email: "sandbox@example.com",
  payouts_enabled: true,
  type: "standard",
};

/** The account whose key is used, and its balance, by which a program can tell whether a key is live. */
export const accountEndpoints: Endpoint[] = [
  endpoint({ method: "get", path: "/v1/account", params: {}, run: () => account }),
  endpoint({
    method: "get",
    path: "/v1/balance",
    params: {},
    run({ world }) {
      const currencies = new Set(world.store.charges.oldestFirst().map(({ currency }) => currency));
      const pending = [...currencies].map((currency) => {
        const charges = world.store.charges.oldestFirst().filter((charge) => charge.currency === currency);
        const amount = charges.reduce(
          (sum, { amount_captured, amount_refunded }) => sum + amount_captured - amount_refunded,
          0,
        );
        return { amount, currency };
      });
      const balance: Stripe.Balance = { object: "balance", available: [], livemode: false, pending };
      return balance;
    },
  }),
];
