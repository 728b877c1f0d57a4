import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { z } from "zod";
import { creditTypeInput } from "../resources/catalogue.ts";
import { customerInput } from "../resources/customers.ts";
import { usageEvent } from "../resources/events.ts";
import { grantInput } from "../resources/grants.ts";
import { assertRefused, invalid, part, taken } from "../test-support/reading.ts";

type Field = [path: string, limit: number, schema: z.ZodType, holding: (text: unknown) => unknown];

const grant = { customerId: "cus_1", creditTypeId: "credits", amount: 1, category: "promo" };
const creditType = { name: "AI", unit: { singular: "token", plural: "tokens" } };
const event = { id: "e1", customerId: "cus_1", featureId: "image" };
const fields: Field[] = [
  ["reason", 200, grantInput, (reason) => ({ ...grant, reason })],
  ["externalReference", 200, grantInput, (externalReference) => ({ ...grant, externalReference })],
  ["metadata.note", 500, grantInput, (note) => ({ ...grant, metadata: { note } })],
  ["name", 200, customerInput, (name) => ({ id: "cus_1", name })],
  ["name", 80, creditTypeInput, (name) => ({ ...creditType, name })],
  ["unit.plural", 40, creditTypeInput, (plural) => ({ ...creditType, unit: { singular: "token", plural } })],
  ["description", 500, creditTypeInput, (description) => ({ ...creditType, description })],
];

/** Unpleasant, but text: it is kept as it is, and escaped by whoever shows it. */
const unpleasant = [
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "javascript:alert(1)",
  "${7*7}",
  "{{7*7}}",
  "' or 1=1--",
  "; drop table ledger;--",
  "=1+1",
  "line\r\nSet-Cookie: x=1",
  "\u202Eabc",
  "a\u200Db",
  "cafe\u0301",
  "１２",
  "100%_\\",
];

for (const [path, limit, schema, holding] of fields) {
  describe(`the text in ${path}, of at most ${limit} characters`, () => {
    test("is counted as people count: an emoji is one", () => {
      for (const character of ["a", "é", "😀"]) {
        taken(schema, holding(character.repeat(limit)));
        assertRefused(schema, holding(character.repeat(limit + 1)), invalid(path));
      }
    });

    test("is refused when a database could not keep it", () => {
      for (const broken of ["a\u0000b", "\u0000", "a\ud800", "\udc00a", "\ude00\ud83d"]) {
        assertRefused(schema, holding(broken), invalid(path));
      }
    });

    test("is refused when it is a megabyte or no text at all", () => {
      for (const wrong of ["a".repeat(1_000_000), 5, true, null, ["a"], { text: "a" }]) {
        assertRefused(schema, holding(wrong), invalid(path));
      }
    });

    test("is kept as it is, however unpleasant", () => {
      for (const value of unpleasant) {
        assert.equal(part(taken(schema, holding(value)), path), value);
      }
    });
  });
}

test("a name or a unit that says nothing is refused", () => {
  for (const blank of ["", " ", "\t\n", "\u00a0"]) {
    assertRefused(creditTypeInput, { ...creditType, name: blank }, invalid("name"));
    assertRefused(
      creditTypeInput,
      { ...creditType, unit: { singular: blank, plural: "x" } },
      invalid("unit.singular"),
    );
  }
});

for (const [name, limit, schema, holding] of [
  ["metadata", 50, grantInput, (metadata: unknown) => ({ ...grant, metadata })],
  ["dimensions", 20, usageEvent, (dimensions: unknown) => ({ ...event, dimensions })],
] as const) {
  describe(`the keys of ${name}`, () => {
    test(`are at most ${limit}`, () => {
      const keys = Array.from({ length: limit + 1 }, (_, index) => [`k${index}`, "v"]);
      taken(schema, holding(Object.fromEntries(keys.slice(1))));
      assertRefused(schema, holding(Object.fromEntries(keys)), invalid(name));
    });

    for (const key of ["", " ", "a b", "a".repeat(41), "a\u0000", "\ud800", "é", "a/b", "$where", "a[0]"]) {
      test(`cannot be ${JSON.stringify(key)}`, () => {
        assertRefused(schema, holding({ [key]: "v" }), invalid(`${name}.${key}`));
      });
    }

    test("cannot be __proto__, which is refused and not dropped unseen", () => {
      assertRefused(schema, holding(JSON.parse('{ "__proto__": "x" }')), invalid(`${name}.__proto__`));
      assertRefused(
        schema,
        holding(JSON.parse('{ "__proto__": { "admin": true } }')),
        invalid(`${name}.__proto__`),
      );
      assert.equal("admin" in {}, false);
    });

    test("may be what objects have by themselves, and then belong to the caller", () => {
      const own = { toString: "a", hasOwnProperty: "b", constructor: "c", valueOf: "d" };
      assert.deepEqual(part(taken(schema, holding(own)), name), own);
    });

    for (const wrong of [
      null,
      5,
      "a",
      [],
      ["a"],
      { a: null },
      { a: {} },
      { a: ["b"] },
      { a: NaN },
      { a: Infinity },
    ]) {
      test(`cannot be given as ${JSON.stringify(wrong)} (${typeof wrong})`, () => {
        assert.equal(schema.safeParse(holding(wrong)).success, false);
      });
    }
  });
}

test("an email address is one address and nothing else", () => {
  taken(customerInput, { id: "cus_1", email: "lena@example.com" });
  const local = "a".repeat(64);
  for (const email of [
    "",
    "lena",
    "lena@",
    "@example.com",
    "Lena <lena@example.com>",
    "a@b.de\r\nBcc: c@d.de",
    "a\u0000@b.de",
    "a@b.de,c@d.de",
    "a\ud800@b.de",
    `${local}@${"b".repeat(190)}.de`,
    5,
  ]) {
    assertRefused(customerInput, { id: "cus_1", email }, invalid("email"));
  }
});
