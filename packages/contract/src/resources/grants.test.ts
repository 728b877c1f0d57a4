import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { routes } from "../routes/index.ts";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { GRANT_SORTS, grantChange, grantRevocation } from "./grants.ts";

describe("a change of a grant", () => {
  test("changes something: a condition alone does not", () => {
    for (const nothing of [{}, { ifSeq: 3 }]) assertRefused(grantChange, nothing, invalid(""));
    assert.deepEqual(taken(grantChange, { expiresAt: null }), { expiresAt: null });
  });

  test("takes away a reason, a reference or an expiry, but no time at which it takes effect", () => {
    taken(grantChange, { reason: null, externalReference: null, expiresAt: null });
    assertRefused(grantChange, { effectiveAt: null }, invalid("effectiveAt"));
    assertRefused(grantChange, { metadata: null }, invalid("metadata"));
  });

  test("cannot touch what a grant is", () => {
    for (const key of ["amount", "category", "costBasis", "customerId", "creditTypeId", "status"]) {
      assertRefused(grantChange, { priority: 1, [key]: "1" }, invalid(key));
    }
  });

  test("has an expiry after the time at which it takes effect", () => {
    const effectiveAt = "2026-03-01T12:00:00Z";
    assertRefused(grantChange, { effectiveAt, expiresAt: effectiveAt }, invalid("expiresAt"));
    taken(grantChange, { effectiveAt, expiresAt: null });
  });

  test("holds for a state of the pool that can be", () => {
    taken(grantChange, { priority: 1, ifSeq: 0 });
    for (const ifSeq of [-1, 1.5, "3", null, 2 ** 53]) {
      assertRefused(grantChange, { priority: 1, ifSeq }, invalid("ifSeq"));
    }
    for (const priority of [-1, 1001, 0.5, "1"])
      assertRefused(grantChange, { priority }, invalid("priority"));
  });
});

describe("a revocation", () => {
  test("gives its reason", () => {
    taken(grantRevocation, { reason: "A mistake" });
    for (const reason of [undefined, "", " ", null, "a".repeat(201)]) {
      assertRefused(grantRevocation, { reason }, invalid("reason"));
    }
  });

  test("takes back more than nothing", () => {
    assertRefused(grantRevocation, { reason: "A mistake", amount: 0 }, invalid("amount"));
  });
});

describe("the list of grants", () => {
  const { query } = routes.listGrants;
  const customerId = "cus_lena";

  test("is sorted by each of six fields, either way", () => {
    assert.equal(GRANT_SORTS.length, 12);
    for (const sort of GRANT_SORTS) assert.equal(taken(query, { customerId, sort }).sort, sort);
    for (const sort of ["id", "+amount", "--amount", "amount,priority", ""]) {
      assertRefused(query, { customerId, sort }, invalid("sort"));
    }
  });

  test("is filtered by who granted, when, and what became of it", () => {
    const from = "2026-03-01T00:00:00Z";
    taken(query, { customerId, actor: "key_1", from, to: from, status: "frozen", category: "recurring" });
    assertRefused(
      query,
      { customerId, actor: "%", from: "2026", status: "voided" },
      ...["actor", "from", "status"].map(invalid),
    );
  });
});
