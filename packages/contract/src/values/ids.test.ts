import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { z } from "zod";
import { creditTypeInput } from "../resources/catalogue.ts";
import { customerInput } from "../resources/customers.ts";
import { usageEvent } from "../resources/events.ts";
import { grantInput } from "../resources/grants.ts";
import { assertRefused, invalid, part, taken } from "../test-support/reading.ts";
import { widgetSessionInput } from "../widget/session.ts";

type Field = [
  name: string,
  schema: z.ZodType,
  path: string,
  good: Record<string, unknown>,
  ofCustomer: boolean,
];

const event = { id: "e1", customerId: "cus_1", featureId: "image" };
const grant = { customerId: "cus_1", creditTypeId: "credits", amount: 1, category: "promo" };
const fields: Field[] = [
  ["an event", usageEvent, "id", event, false],
  ["an event", usageEvent, "customerId", event, true],
  ["an event", usageEvent, "featureId", event, false],
  ["an event", usageEvent, "userId", event, true],
  ["an event", usageEvent, "resourceId", event, false],
  ["a grant", grantInput, "customerId", grant, true],
  ["a grant", grantInput, "creditTypeId", grant, false],
  ["a grant", grantInput, "resourceId", grant, false],
  ["a customer", customerInput, "id", {}, true],
  [
    "a credit type",
    creditTypeInput,
    "id",
    { name: "AI", unit: { singular: "token", plural: "tokens" } },
    false,
  ],
  ["a widget session", widgetSessionInput, "customerId", {}, true],
  ["a widget session", widgetSessionInput, "userId", { customerId: "cus_1" }, true],
];

const hostile: unknown[] = [
  "",
  " ",
  "a b",
  "a ",
  " a",
  "a\u0000",
  "\u0000",
  "a\ud800",
  "\udc00a",
  "a".repeat(129),
  "a".repeat(1_000_000),
  "a\r\nSet-Cookie: x=1",
  "a\n",
  "a\t",
  "\u202Eabc",
  "a\u200Db",
  "\ufeffa",
  "café",
  "cafe\u0301",
  "ｉｄ",
  "p\u0430ul",
  "😀",
  "../../etc/passwd",
  "%2e%2e%2f",
  "..;/",
  "a%00",
  "a/b",
  "a\\b",
  "' or 1=1--",
  "; drop table ledger;--",
  "pg_sleep(10)",
  "$1",
  "a*",
  "a?",
  "a#b",
  "<img src=x onerror=alert(1)>",
  '"',
  "`",
  "a,b",
  1,
  0,
  NaN,
  true,
  null,
  [],
  ["a"],
  {},
  { id: "a" },
];
const fine = [
  "a",
  "A",
  "0",
  "-",
  "a.b:c_d-e",
  "a".repeat(128),
  "toString",
  "hasOwnProperty",
  "__proto__",
  "constructor",
];

for (const [owner, schema, path, good, ofCustomer] of fields) {
  describe(`${path} of ${owner}`, () => {
    for (const value of hostile) {
      test(`is refused when it is ${label(value)}`, () => {
        assertRefused(schema, { ...good, [path]: value }, invalid(path));
      });
    }

    test("is taken exactly as it is, names that objects have included", () => {
      for (const value of fine) {
        assert.equal(part(taken(schema, { ...good, [path]: value }), path), value);
      }
    });

    test(`${ofCustomer ? "may" : "must not"} look like an identity provider's`, () => {
      for (const value of ["auth0|5f7c", "lena@example.com"]) {
        if (ofCustomer) taken(schema, { ...good, [path]: value });
        else assertRefused(schema, { ...good, [path]: value }, invalid(path));
      }
    });
  });
}

test("ids that differ in case or a trailing dot stay two ids", () => {
  const ids = ["Image", "image", "image.", "IMAGE"].map(
    (featureId) => taken(usageEvent, { ...event, featureId }).featureId,
  );
  assert.equal(new Set(ids).size, 4);
});

test("no resource can be called none, which means the default pool", () => {
  assertRefused(usageEvent, { ...event, resourceId: "none" }, invalid("resourceId"));
  assertRefused(grantInput, { ...grant, resourceId: "none" }, invalid("resourceId"));
});

function label(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}… (${text.length})` : text;
}
