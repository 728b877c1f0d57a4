import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { z } from "zod";
import { routes } from "../routes/index.ts";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { pageQuery } from "./lists.ts";

const page = z.strictObject(pageQuery);

describe("a page", () => {
  test("has 1 to 100 rows", () => {
    assert.equal(taken(page, { limit: "1" }).limit, 1);
    assert.equal(taken(page, { limit: "100" }).limit, 100);
    for (const limit of [
      "0",
      "101",
      "-1",
      "1.5",
      "1e2",
      "",
      " 5",
      "٥",
      "0x5",
      "1000000000",
      "NaN",
      ["1", "2"],
      null,
    ]) {
      assertRefused(page, { limit }, invalid("limit"));
    }
  });

  test("has a cursor of reasonable length, once", () => {
    assertRefused(page, { cursor: "a".repeat(2001) }, invalid("cursor"));
    assertRefused(page, { cursor: ["a", "b"] }, invalid("cursor"));
  });

  test("is not sorted or filtered by what its list does not know", () => {
    for (const key of ["sort", "order_by", "offset", "__proto__"]) {
      assertRefused(page, JSON.parse(`{ "${key}": "amount; drop table ledger" }`), invalid(key));
    }
  });
});

describe("the ledger's list", () => {
  const { query } = routes.listLedger;

  test("can ask for the default pool", () => {
    assert.equal(taken(query, { customerId: "cus_1", resourceId: "none" }).resourceId, "none");
  });

  for (const [key, value] of [
    ["type", "stolen"],
    ["timeField", "createdAt"],
    ["from", "yesterday"],
    ["to", "2025-02-30T00:00:00Z"],
    ["featureId", "' or 1=1--"],
    ["userId", "%"],
    ["source", "Event"],
    ["source", "event; drop table ledger"],
    ["grantId", "a b"],
    ["groupBy", "model"],
    ["timeZone", "Mars/Base"],
  ] as const) {
    test(`refuses ${key}=${value}`, () =>
      assertRefused(query, { customerId: "cus_1", [key]: value }, invalid(key)));
  }

  test("sums up by day, type, source, feature or user, in the days of a time zone", () => {
    for (const groupBy of ["day", "type", "source", "feature", "user"]) {
      const sums = { groupBy, timeZone: "Europe/Berlin" };
      assert.deepEqual(taken(query, { customerId: "cus_1", ...sums }), { customerId: "cus_1", ...sums });
    }
  });

  test("belongs to a customer", () => assertRefused(query, {}, invalid("customerId")));
});

describe("the lists of credit types and features", () => {
  test("show what is archived, what is not, or both", () => {
    for (const { query } of [routes.listCreditTypes, routes.listFeatures]) {
      assert.equal(taken(query, { archived: "true" }).archived, true);
      assert.equal(taken(query, { archived: "false" }).archived, false);
      assert.equal(taken(query, {}).archived, undefined);
      for (const archived of ["", "1", "TRUE", "yes", true, ["true"]]) {
        assertRefused(query, { archived }, invalid("archived"));
      }
    }
  });
});
