import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import type { z } from "zod";
import { planInput, subscriptionInput } from "../index.ts";
import { grantInput } from "../resources/grants.ts";
import { usageEvent } from "../resources/events.ts";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { creditsInput, money, pricePerCredit, quantityInput } from "./amounts.ts";

interface Field {
  readonly schema: z.ZodType;
  readonly path: string;
  readonly with: (amount: unknown) => unknown;
  readonly zeroIsFine: boolean;
}

const plan = { name: "Pro", creditTypeId: "credits", limit: "hard", rates: [] };
const price = { amount: "0.01", currency: "usd" };
const pack = { price: { amountMinor: 100, currency: "usd" } };
const event = { id: "e1", customerId: "cus_1", featureId: "image" };
const fields: Field[] = [
  {
    schema: grantInput,
    path: "amount",
    with: (amount) => ({ customerId: "cus_1", creditTypeId: "credits", category: "promo", amount }),
    zeroIsFine: false,
  },
  { schema: usageEvent, path: "quantity", with: (quantity) => ({ ...event, quantity }), zeroIsFine: true },
  {
    schema: planInput,
    path: "rates.0.creditsPerUnit",
    with: (creditsPerUnit) => ({ ...plan, rates: [{ featureId: "image", creditsPerUnit }] }),
    zeroIsFine: true,
  },
  {
    schema: planInput,
    path: "topUp.min",
    with: (min) => ({ ...plan, topUp: { prices: [price], min } }),
    zeroIsFine: false,
  },
  {
    schema: planInput,
    path: "topUp.packages.0.credits",
    with: (credits) => ({ ...plan, topUp: { prices: [price], packages: [{ ...pack, credits }] } }),
    zeroIsFine: false,
  },
];

const notAnAmount: unknown[] = [
  -1,
  "-1",
  "-0.000001",
  0.1 + 0.2,
  1e-9,
  5e-324,
  "1e-9",
  JSON.parse("1e400"),
  JSON.parse("-1e400"),
  NaN,
  "NaN",
  "Infinity",
  Number("9007199254740993"),
  1234567890.123456,
  "1.1234567",
  "1,000",
  "١٢",
  "１２",
  "0x10",
  " 12 ",
  "12\n",
  "1e3",
  "",
  " ",
  "+1",
  ".5",
  "5.",
  "1\u00005",
  "\ud800",
  "12".padEnd(65, " "),
  `1${"0".repeat(400)}`,
  [5],
  { valueOf: 5 },
  {},
  true,
  false,
  null,
  5n,
];
const tooMuch: unknown[] = [
  "1000000000000.000001",
  "9223372036854775807",
  "9223372036854775808",
  "9007199254740993",
  1e13,
  1e15,
  1e21,
  1e300,
  "9".repeat(64),
];

for (const field of fields) {
  describe(`an amount in ${field.path}`, () => {
    for (const amount of notAnAmount) {
      test(`is refused when it is ${typeof amount} ${label(amount)}`, () => {
        assertRefused(field.schema, field.with(amount), invalid(field.path));
      });
    }

    for (const amount of tooMuch) {
      test(`is out of range when it is ${typeof amount} ${label(amount)}`, () => {
        assertRefused(field.schema, field.with(amount), `${field.path}: amount_out_of_range`);
      });
    }

    test("may be the largest grant and the smallest step, as text or as a number", () => {
      for (const amount of ["1000000000000", 1e12, "0.000001", 0.000001, "12.5", 12.5]) {
        taken(field.schema, field.with(amount));
      }
    });

    test(`${field.zeroIsFine ? "may" : "must not"} be zero, minus zero included`, () => {
      for (const zero of [0, -0, "0", "-0", "0.000000"]) {
        if (field.zeroIsFine) taken(field.schema, field.with(zero));
        else assertRefused(field.schema, field.with(zero), invalid(field.path));
      }
    });
  });
}

test("amounts are read into millionths", () => {
  assert.equal(taken(creditsInput, "12.5"), 12_500_000n);
  assert.equal(taken(creditsInput, 12.5), 12_500_000n);
  assert.equal(taken(quantityInput, -0), 0n);
});

describe("a price per credit", () => {
  for (const amount of ["0.012", "0", "12", "999999999999.999999999999"]) {
    test(`of ${amount} is taken`, () =>
      assert.deepEqual(taken(pricePerCredit, { amount, currency: "usd" }), { amount, currency: "usd" }));
  }

  for (const amount of [
    "-1",
    "-0",
    "1e3",
    "",
    " 1",
    "1 ",
    "0x1",
    "١",
    "1,5",
    "NaN",
    "1".repeat(13),
    "1".repeat(33),
    5,
    null,
    [1],
    "1\u0000",
  ]) {
    test(`of ${label(amount)} is refused`, () => {
      assertRefused(pricePerCredit, { amount, currency: "usd" }, invalid("amount"));
    });
  }

  for (const currency of ["USD", "us", "usdd", "u$d", "ｕｓｄ", "", " usd", "usd\n", null, 840]) {
    test(`in the currency ${label(currency)} is refused, as money in it is`, () => {
      assertRefused(pricePerCredit, { amount: "1", currency }, invalid("currency"));
      assertRefused(money, { amountMinor: 1, currency }, invalid("currency"));
    });
  }

  test("comes with its currency, and nothing else", () => {
    assertRefused(pricePerCredit, { amount: "1" }, invalid("currency"));
    assertRefused(pricePerCredit, { amount: "1", currency: "usd", tax: 1 }, invalid("tax"));
    assertRefused(subscriptionInput, { planId: "pro", price: "0.01" }, invalid("currency"));
    assertRefused(subscriptionInput, { planId: "pro", currency: "usd" }, invalid("currency"));
  });
});

describe("money", () => {
  test("is whole minor units of a currency", () => {
    assert.deepEqual(taken(money, { amountMinor: 1250, currency: "usd" }), {
      amountMinor: 1250,
      currency: "usd",
    });
  });

  for (const amountMinor of [-1, 1.5, Infinity, NaN, "1250", null, 2 ** 53, 100_000_000_000, [1]]) {
    test(`of ${label(amountMinor)} minor units is refused`, () => {
      assertRefused(money, { amountMinor, currency: "usd" }, invalid("amountMinor"));
    });
  }
});

function label(value: unknown): string {
  const text = inspect(value);
  return text.length > 40 ? `${text.slice(0, 20)}… of ${text.length}` : text;
}
