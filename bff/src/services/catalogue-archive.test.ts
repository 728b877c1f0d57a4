import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { grant, pay } from "../pools/test-support/commands.ts";
import { oneEngine, eventually, expectProblem, fromNow, Shop, useTestApp } from "../test-support/index.ts";

const unit = { singular: "credit", plural: "credits" };
const HOUR_MS = 3_600_000;

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());
  let made = 0;

  /** A credit type that nothing uses yet. */
  async function newType(): Promise<string> {
    const id = `type-${(made += 1)}`;
    await app().client.call(routes.createCreditType, { body: { id, name: id, unit } });
    return id;
  }
  const archive = (creditTypeId: string) =>
    app().client.send("POST", `/v1/credit-types/${creditTypeId}/archive`);
  const isArchived = async (creditTypeId: string) =>
    (await app().client.call(routes.getCreditType, { params: { id: creditTypeId } })).body.archivedAt !==
    null;

  /** Expects a refusal that names these uses, and that nothing was archived. */
  async function expectInUse(creditTypeId: string, uses: readonly { kind: string; id: string }[]) {
    const problem = expectProblem(await archive(creditTypeId), 409, "in_use");
    assert.deepEqual(problem.usedBy, uses);
    assert.deepEqual(
      problem.errors?.map(({ path, code }) => [path, code]),
      uses.map(() => ["id", "in_use"]),
    );
    uses.forEach(({ kind, id }, index) =>
      assert.equal(problem.errors?.[index]?.message, `is used by the ${kind} ${id}`),
    );
    assert.equal(await isArchived(creditTypeId), false);
  }

  test("a credit type that nothing uses is archived, once, and comes back", async () => {
    const { client } = app();
    const id = await newType();
    const params = { id };
    const first = (await client.call(routes.archiveCreditType, { params })).body;
    assert.ok(Math.abs(Date.parse(first.archivedAt ?? "") - Date.now()) < 60_000);
    assert.deepEqual((await client.call(routes.archiveCreditType, { params })).body, first);
    const back = (await client.call(routes.unarchiveCreditType, { params })).body;
    assert.deepEqual(back, { ...first, archivedAt: null });
    assert.deepEqual((await client.call(routes.unarchiveCreditType, { params })).body, back);
    const customerId = await shop.customer({ plan: null });
    await shop.grant(customerId, { creditTypeId: id });
    assert.equal((await shop.balance(customerId)).balance, "100");
  });

  test("lists show what is archived, what is not, or both", async () => {
    const { client } = app();
    const [kept, gone] = [await newType(), await newType()];
    await client.call(routes.archiveCreditType, { params: { id: gone } });
    await client.call(routes.createFeature, { body: { id: gone, name: "Gone" } });
    await client.call(routes.archiveFeature, { params: { id: gone } });
    const shown = async (route: typeof routes.listCreditTypes | typeof routes.listFeatures, query: object) =>
      (await client.call(route, { query: { limit: 100, ...query } })).body.data.map(({ id }) => id);
    const types = (query: object) => shown(routes.listCreditTypes, query);
    assert.deepEqual((await types({})).slice(0, 2), [gone, kept]);
    const [archived, live] = [await types({ archived: "true" }), await types({ archived: "false" })];
    assert.ok(archived.includes(gone) && !archived.includes(kept));
    assert.ok(live.includes(kept) && !live.includes(gone));
    assert.deepEqual(await shown(routes.listFeatures, { archived: "true" }), [gone]);
    assert.ok(!(await shown(routes.listFeatures, { archived: "false" })).includes(gone));

    const { nextCursor } = (
      await client.call(routes.listCreditTypes, { query: { limit: 1, archived: "false" } })
    ).body;
    for (const query of [`cursor=${nextCursor}&archived=true`, `cursor=${nextCursor}`, "archived=yes"]) {
      expectProblem(await client.send("GET", `/v1/credit-types?${query}`), 422, "validation_failed");
    }
  });

  test("a credit type stays while a plan burns it, or somebody is subscribed to a version that does", async () => {
    const id = await newType();
    await shop.plan({ id: `${id}-b`, creditTypeId: id, limit: "hard", rates: [] });
    await shop.plan({ id: `${id}-a`, creditTypeId: id, limit: "soft", rates: [] });
    await expectInUse(id, [
      { kind: "plan", id: `${id}-a` },
      { kind: "plan", id: `${id}-b` },
    ]);
    const customerId = await shop.customer({ plan: null });
    const subscribe = async (planId: string, more: object) =>
      (
        await app().client.call(routes.createSubscription, {
          params: { id: customerId },
          body: { planId, ...more },
        })
      ).body.id;
    const running = await subscribe(`${id}-a`, {});
    const coming = await subscribe(`${id}-b`, { startsAt: fromNow(HOUR_MS) });
    await subscribe(`${id}-a`, { startsAt: fromNow(-2 * HOUR_MS), endsAt: fromNow(-HOUR_MS) });
    await expectInUse(id, [
      { kind: "plan", id: `${id}-a` },
      { kind: "plan", id: `${id}-b` },
      ...[running, coming].sort().map((id) => ({ kind: "subscription", id })),
    ]);
  });

  test("a credit type stays while a customer has any of it: spendable, waiting, frozen, held or owed", async () => {
    const { parts } = app();
    const id = await newType();
    const customers: string[] = [];
    const begin = async () => {
      const customerId = await shop.customer({ plan: null });
      customers.push(customerId);
      return customerId;
    };
    await shop.grant(await begin(), { creditTypeId: id });
    await shop.grant(await begin(), { creditTypeId: id, effectiveAt: fromNow(HOUR_MS) });
    const unpaid = await begin();
    await parts.pools.submit([grant(unpaid, 5n, { creditTypeId: id, isPaymentPending: true })]);
    const disputed = await begin();
    const paid = grant(disputed, 5n, { creditTypeId: id });
    await parts.pools.submit([paid]);
    await parts.pools.submit([pay(disputed, paid.grantId, "freeze_grant")]);
    const owing = await begin();
    await shop.consume(owing, { id: "owed", creditTypeId: id, amount: "3", limit: "soft" });
    const holding = await begin();
    const { id: grantId } = await shop.grant(holding, { creditTypeId: id, amount: "3" });
    await shop.hold(holding, { id: "held", creditTypeId: id, amount: "3" });
    await shop.revoke(grantId);
    // A balance of zero that is made of what is held and what is owed.
    await shop.consume(holding, { id: "beyond", creditTypeId: id, amount: "3", limit: "soft" });
    assert.equal((await shop.balance(holding)).balance, "0");
    const uses = customers.sort().map((customerId) => ({ kind: "customer", id: customerId }));
    await expectInUse(id, uses);
  });

  test("a credit type that was used up by everybody is archived, and what is left of it stays readable", async () => {
    const id = await newType();
    const customerId = await shop.customer({ plan: null });
    await shop.grant(customerId, { creditTypeId: id, amount: "5" });
    await shop.grant(customerId, { creditTypeId: id, amount: "7", resourceId: "team" });
    await shop.consume(customerId, { id: "all", creditTypeId: id, amount: "5" });
    await expectInUse(id, [{ kind: "customer", id: customerId }]);
    await shop.hold(customerId, { id: "rest", creditTypeId: id, amount: "7", resourceId: "team" });
    await shop.capture(customerId, { id: "rest" });
    assert.equal((await archive(id)).status, 200);
    assert.deepEqual(
      (await shop.balances(customerId)).map(({ balance }) => balance),
      ["0", "0"],
    );
    assert.equal((await shop.ledger(customerId)).length, 5);
  });

  test("of many uses fifty are told", async () => {
    const id = await newType();
    for (let index = 0; index < 51; index += 1) {
      await shop.plan({
        id: `${id}-${String(index).padStart(2, "0")}`,
        creditTypeId: id,
        limit: "hard",
        rates: [],
      });
    }
    const problem = expectProblem(await archive(id), 409, "in_use");
    assert.deepEqual([problem.usedBy?.length, problem.errors?.length], [50, 50]);
    assert.equal(problem.usedBy?.at(-1)?.id, `${id}-49`);
  });

  test("an archived credit type cannot be granted, burned directly, held or named by a plan", async () => {
    const { client } = app();
    const id = await newType();
    const customerId = await shop.customer({ plan: null });
    assert.equal((await archive(id)).status, 200);
    const what = { customerId, creditTypeId: id, amount: "1" };
    for (const [path, json] of [
      ["/v1/grants", { ...what, category: "promo" }],
      ["/v1/consume", { ...what, id: "c", limit: "soft" }],
      ["/v1/holds", { ...what, id: "h" }],
      ["/v1/plans", { name: "Late", creditTypeId: id, limit: "hard", rates: [] }],
    ] as const) {
      const problem = expectProblem(await client.send("POST", path, { json }), 404, "not_found");
      assert.equal(problem.errors?.[0]?.path, "creditTypeId", path);
    }
    assert.deepEqual(await shop.balances(customerId), []);
  });

  test("a feature stays while a plan rates it, or somebody is subscribed to a version that does", async () => {
    const { client } = app();
    const id = await newType();
    for (const featureId of ["rated", "free"]) {
      await client.call(routes.createFeature, { body: { id: featureId, name: featureId } });
    }
    const rates = [{ featureId: "rated", creditsPerUnit: 1 }];
    await shop.plan({ id: `${id}-rating`, creditTypeId: id, limit: "hard", rates });
    const customerId = await shop.customer({ plan: null });
    const { body: subscription } = await client.call(routes.createSubscription, {
      params: { id: customerId },
      body: { planId: `${id}-rating` },
    });
    const refused = await client.send("POST", "/v1/features/rated/archive");
    assert.deepEqual(expectProblem(refused, 409, "in_use").usedBy, [
      { kind: "plan", id: `${id}-rating` },
      { kind: "subscription", id: subscription.id },
    ]);
    const { body: archived } = await client.call(routes.archiveFeature, { params: { id: "free" } });
    assert.ok(archived.archivedAt !== null);
    assert.deepEqual((await client.call(routes.archiveFeature, { params: { id: "free" } })).body, archived);
    const json = {
      name: "Late",
      creditTypeId: id,
      limit: "hard",
      rates: [...rates, { featureId: "free", creditsPerUnit: 1 }],
    };
    const late = expectProblem(await client.send("POST", "/v1/plans", { json }), 404, "not_found");
    assert.deepEqual(
      late.errors?.map(({ path }) => path),
      ["rates.1.featureId"],
    );
    await client.call(routes.unarchiveFeature, { params: { id: "free" } });
    assert.equal((await client.send("POST", "/v1/plans", { json })).status, 201);
  });

  test("nobody can subscribe to a plan of which something is archived", async () => {
    const { client, database } = app();
    const id = await newType();
    await client.call(routes.createFeature, { body: { id: `${id}-feature`, name: "Rated" } });
    const rates = [{ featureId: `${id}-feature`, creditsPerUnit: 1 }];
    await shop.plan({ id: `${id}-plan`, creditTypeId: id, limit: "hard", rates });
    const customerId = await shop.customer({ plan: null });
    const subscribe = () =>
      client.send("POST", `/v1/customers/${customerId}/subscriptions`, { json: { planId: `${id}-plan` } });
    // No call gets a plan into this state, as the plan keeps both in use; a later version of the plan would.
    const archivedAt = new Date();
    for (const [table, thing] of [
      ["credit_types", id],
      ["features", `${id}-feature`],
    ] as const) {
      const set = (archived_at: Date | null) =>
        database.writer.updateTable(table).set({ archived_at }).where("id", "=", thing).execute();
      await set(archivedAt);
      assert.equal(expectProblem(await subscribe(), 404, "not_found").errors?.[0]?.path, "planId");
      await set(null);
    }
    assert.equal((await subscribe()).status, 201);
  });

  test("what has expired no longer keeps a credit type, once somebody has looked", async () => {
    const id = await newType();
    const customerId = await shop.customer({ plan: null });
    await shop.grant(customerId, { creditTypeId: id, expiresAt: fromNow(400) });
    await expectInUse(id, [{ kind: "customer", id: customerId }]);
    await eventually("the expiry", async () => (await shop.balance(customerId)).balance === "0");
    assert.equal((await archive(id)).status, 200);
  });
});
