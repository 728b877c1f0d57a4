import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { routes } from "@credits-kit/contract";
import {
  oneEngine,
  expectProblem,
  fingerprint,
  fromNow,
  Shop,
  useTestApp,
} from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;
const GRANT_ID = /^gr_[a-z2-7]{12}_[0-9A-Z]{26}$/;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const post = (json: object, key?: string) =>
    app().client.send("POST", "/v1/grants", {
      json,
      ...(key ? { headers: { "Idempotency-Key": key } } : {}),
    });
  before(() => shop.open());

  test("a grant comes back with everything that was said, and is read and listed so", async () => {
    const customerId = await shop.customer();
    const given = {
      customerId,
      creditTypeId: "credits",
      resourceId: "team-1",
      amount: "12.5",
      category: "paid",
      costBasis: { amount: "0.012", currency: "usd" },
      priority: 3,
      effectiveAt: fromNow(-HOUR_MS),
      expiresAt: fromNow(HOUR_MS),
      reason: "Invoice 7 · paid ✓",
      externalReference: "inv_7",
      metadata: { order: "7" },
    } as const;
    const { body } = await app().client.call(routes.createGrant, { body: given });
    const { id, createdAt, updatedAt, actor, ...rest } = body;
    assert.match(id, GRANT_ID);
    assert.equal(actor.kind, "api_key");
    assert.equal(createdAt, updatedAt);
    const made = {
      remaining: "12.5",
      consumed: "0",
      held: "0",
      frozen: "0",
      revoked: "0",
      expired: "0",
      status: "active",
    };
    assert.deepEqual(rest, { ...given, ...made, source: { kind: "api", id: null }, payment: null });
    assert.deepEqual((await app().client.call(routes.getGrant, { params: { id } })).body, body);
    assert.deepEqual(await shop.grants(customerId), [body]);
  });

  test("what is left out of a grant reads back as nothing", async () => {
    const grant = await shop.grant(await shop.customer(), { amount: 5 });
    const { resourceId, costBasis, expiresAt, reason, externalReference, metadata, priority } = grant;
    assert.deepEqual(
      [resourceId, costBasis, expiresAt, reason, externalReference, metadata, priority],
      [null, null, null, null, null, {}, 0],
    );
    assert.equal(grant.effectiveAt, grant.createdAt);
  });

  test("a scheduled grant waits outside of the balance", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const effectiveAt = fromNow(HOUR_MS);
    const grant = await shop.grant(customerId, {
      amount: "40",
      effectiveAt,
      expiresAt: fromNow(2 * HOUR_MS),
    });
    assert.deepEqual([grant.status, grant.remaining, grant.effectiveAt], ["scheduled", "40", effectiveAt]);
    const { balance, scheduled, granted, nextExpiry } = await shop.balance(customerId);
    assert.deepEqual([balance, scheduled, granted, nextExpiry], ["10", "40", "10", null]);
    const [refused] = await shop.post([{ id: "a", customerId, featureId: "email", quantity: 11 }]);
    assert.equal(refused?.available, "10");
    const entry = (await shop.ledger(customerId)).at(-1);
    assert.deepEqual([entry?.type, entry?.delta], ["granted", "0"]);
    assert.deepEqual(entry?.grants, [{ grantId: grant.id, amount: "0" }]);
  });

  for (const [what, change, status, code, path] of [
    [
      "a promo grant with a cost basis",
      { costBasis: { amount: "1", currency: "usd" } },
      422,
      "validation_failed",
      "costBasis",
    ],
    ["a paid grant without one", { category: "paid" }, 422, "validation_failed", "costBasis"],
    ["a recurring grant", { category: "recurring" }, 422, "validation_failed", "category"],
    ["an expiry in the past", { expiresAt: fromNow(-1000) }, 422, "validation_failed", "expiresAt"],
    [
      "an expiry before it begins",
      { effectiveAt: fromNow(HOUR_MS), expiresAt: fromNow(HOUR_MS / 2) },
      422,
      "validation_failed",
      "expiresAt",
    ],
    ["an unknown customer", { customerId: "nobody" }, 404, "not_found", "customerId"],
    ["an unknown credit type", { creditTypeId: "nothing" }, 404, "not_found", "creditTypeId"],
    ["no credits", { amount: 0 }, 422, "validation_failed", "amount"],
    ["more than 10^12", { amount: "1000000000000.000001" }, 422, "amount_out_of_range", "amount"],
  ] as const) {
    test(`${what} is refused, and nothing is granted`, async () => {
      const customerId = await shop.customer();
      const rows = await fingerprint(app().database);
      const json = { customerId, creditTypeId: "credits", amount: 5, category: "promo", ...change };
      for (const key of [undefined, `refused ${what}`.replaceAll(" ", "-")]) {
        const problem = expectProblem(await post(json, key), status, code);
        assert.equal(problem.errors?.[0]?.path, path);
      }
      assert.deepEqual(await fingerprint(app().database), rows);
    });
  }

  test("a pool holds 9 * 10^12 credits and not one more, scheduled ones included", async () => {
    const customerId = await shop.customer();
    const most = { customerId, creditTypeId: "credits", amount: "1000000000000", category: "promo" };
    const scheduled = { ...most, effectiveAt: fromNow(HOUR_MS) };
    for (const grant of [...Array<object>(8).fill(most), scheduled])
      assert.equal((await post(grant)).status, 201);
    const problem = expectProblem(await post({ ...most, amount: "0.000001" }), 422, "amount_out_of_range");
    assert.equal(problem.errors?.[0]?.path, "amount");
    assert.equal((await shop.balance(customerId)).balance, "8000000000000");
    await shop.burn({ id: "a", customerId, featureId: "trace" });
    assert.equal((await post({ ...most, amount: "0.000001" })).status, 201);
  });

  describe("an Idempotency-Key", () => {
    const body = (customerId: string, amount = "5") => ({
      customerId,
      creditTypeId: "credits",
      amount,
      category: "promo",
    });

    test("gives the first answer byte for byte, whatever became of the grant", async () => {
      const customerId = await shop.customer();
      const first = await post(body(customerId), "key-1");
      assert.equal(first.headers.get("idempotency-replayed"), null);
      await shop.burn({ id: "a", customerId, featureId: "image" });
      const again = await post({ ...body(customerId), amount: 5.0 }, "key-1");
      assert.equal(again.status, 201);
      assert.equal(again.headers.get("idempotency-replayed"), "true");
      assert.equal(again.text, first.text);
      assert.equal((await shop.grants(customerId)).length, 1);
    });

    test("with other content is a conflict, and grants nothing", async () => {
      const customerId = await shop.customer();
      await post(body(customerId), "key-2");
      for (const other of [
        body(customerId, "6"),
        { ...body(customerId), priority: 0 },
        { ...body(customerId), metadata: {} },
      ]) {
        expectProblem(await post(other, "key-2"), 409, "idempotency_conflict");
      }
      assert.equal((await shop.balance(customerId)).balance, "5");
    });

    test("used twenty times at once grants once", async () => {
      const customerId = await shop.customer();
      const replies = await Promise.all(Array.from({ length: 20 }, () => post(body(customerId), "key-3")));
      assert.equal(new Set(replies.map(({ text }) => text)).size, 1);
      assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([201]));
      assert.equal(replies.filter(({ headers }) => headers.get("idempotency-replayed") === null).length, 1);
      assert.equal((await shop.balance(customerId)).balance, "5");
    });

    test("belongs to its customer and its route, and to no event", async () => {
      const [one, two] = [await shop.customer(), await shop.customer()];
      assert.notEqual((await post(body(one), "key-4")).text, (await post(body(two), "key-4")).text);
      const event = { id: "key-4", customerId: one, featureId: "email" };
      assert.equal((await shop.burn(event)).balance, "4");
      const json = { planId: "soft" };
      const headers = { "Idempotency-Key": "key-4" };
      const other = await app().client.send("POST", `/v1/customers/${one}/subscriptions`, { json, headers });
      assert.equal(other.status, 201);
    });

    test("is free again after a refusal", async () => {
      const customerId = await shop.customer();
      const expired = { ...body(customerId), expiresAt: fromNow(-1000) };
      expectProblem(await post(expired, "key-5"), 422, "validation_failed");
      assert.equal((await post(body(customerId), "key-5")).status, 201);
    });
  });

  test("a grant that is not there is not found, made-up ids of the right form included", async () => {
    const grant = await shop.grant(await shop.customer());
    const other = await shop.grant(await shop.customer());
    const [prefix, route, ulid] = grant.id.split("_");
    const mixed = `${prefix}_${route}_${other.id.split("_")[2]}`;
    const madeUp = [
      `${prefix}_${"a".repeat(12)}_${ulid}`,
      mixed,
      `sub_${route}_${ulid}`,
      "gr_",
      "gr__",
      "nothing",
    ];
    for (const id of madeUp) {
      expectProblem(await app().client.send("GET", `/v1/grants/${id}`), 404, "not_found");
    }
  });
});
