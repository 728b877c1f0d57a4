import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, useTestApp } from "../../test-support/index.ts";

const HOUR_MS = 3_600_000;

oneEngine((engine) => {
  const app = useTestApp(engine);

  before(async () => {
    const { client } = app();
    const unit = { singular: "credit", plural: "credits" };
    await client.call(routes.createCreditType, { body: { id: "credits", name: "Credits", unit } });
    await client.call(routes.createPlan, {
      body: { id: "pro", name: "Pro", creditTypeId: "credits", limit: "soft", rates: [] },
    });
  });

  test("a customer is created, read and listed", async () => {
    const { client } = app();
    const body = {
      id: "auth0|Lena@studio",
      name: "Lena",
      email: "lena@example.com",
      metadata: { plan: "pro" },
    };
    const created = await client.call(routes.createCustomer, { body });
    const { createdAt, updatedAt, ...rest } = created.body;
    assert.deepEqual(rest, { ...body, testClockId: null });
    assert.equal(createdAt, updatedAt);
    const read = await client.call(routes.getCustomer, { params: { id: body.id } });
    assert.deepEqual(read.body, created.body);
    assert.deepEqual((await client.call(routes.listCustomers)).body.data, [created.body]);
    const again = await client.send("POST", "/v1/customers", { json: body });
    expectProblem(again, 409, "already_exists");
    assert.match((await client.call(routes.createCustomer, { body: { name: "Lena" } })).body.id, /^lena$/);
  });

  test("an upsert creates, and changes only what is given", async () => {
    const { client } = app();
    const params = { id: "cus_up" };
    const created = await client.call(routes.upsertCustomer, {
      params,
      body: { name: "Up", metadata: { a: "1" } },
    });
    const changed = await client.call(routes.upsertCustomer, { params, body: { email: "up@example.com" } });
    assert.equal(changed.body.name, "Up");
    assert.equal(changed.body.email, "up@example.com");
    assert.deepEqual(changed.body.metadata, { a: "1" });
    assert.equal(changed.body.createdAt, created.body.createdAt);
    const unchanged = await client.call(routes.upsertCustomer, { params, body: {} });
    assert.deepEqual(unchanged.body, changed.body);
    const replaced = await client.call(routes.upsertCustomer, { params, body: { metadata: { b: "2" } } });
    assert.deepEqual(replaced.body.metadata, { b: "2" });
  });

  test("a hundred upserts of one customer at once make one customer", async () => {
    const { client } = app();
    const params = { id: "cus_race" };
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        client.call(routes.upsertCustomer, { params, body: { name: `Name ${index}` } }),
      ),
    );
    const { data } = (await client.call(routes.listCustomers, { query: { limit: 100 } })).body;
    assert.equal(data.filter((customer) => customer.id === "cus_race").length, 1);
  });

  test("a subscription pins the plan's version and says where it stands", async () => {
    const { client, database } = app();
    const params = { id: "cus_sub" };
    await client.call(routes.upsertCustomer, { params, body: {} });
    const { body } = await client.call(routes.createSubscription, { params, body: { planId: "pro" } });
    assert.match(body.id, /^sub_[a-z2-7]{12}_[0-9A-Z]{26}$/);
    assert.deepEqual(
      { ...body, id: "", startsAt: "", currentPeriod: {}, createdAt: "", updatedAt: "" },
      {
        id: "",
        customerId: "cus_sub",
        planId: "pro",
        planVersion: 1,
        status: "active",
        startsAt: "",
        endsAt: null,
        price: null,
        resourceId: null,
        seats: 1,
        currentPeriod: {},
        nextRefreshAt: null,
        canceledAt: null,
        cancelReason: null,
        createdAt: "",
        updatedAt: "",
      },
    );
    assert.equal(body.currentPeriod?.startsAt, body.startsAt);
    assert.equal(body.updatedAt, body.createdAt);
    assert.ok(Date.parse(body.startsAt) <= Date.parse(body.createdAt));
    const now = Date.now();
    const later = await client.call(routes.createSubscription, {
      params,
      body: {
        planId: "pro",
        startsAt: at(now + HOUR_MS),
        resourceId: "team-1",
        price: "19.00",
        currency: "usd",
      },
    });
    assert.equal(later.body.status, "scheduled");
    assert.equal(later.body.resourceId, "team-1");
    assert.deepEqual(later.body.price, { amount: "19.00", currency: "usd" });
    const earlier = await client.call(routes.createSubscription, {
      params,
      body: { planId: "pro", startsAt: at(now - 2 * HOUR_MS), endsAt: at(now - HOUR_MS) },
    });
    assert.equal(earlier.body.status, "ended");
    const list = await client.call(routes.listSubscriptions, { params });
    assert.deepEqual(list.body.data, [earlier.body, later.body, body]);
    const customer = await database.writer
      .selectFrom("customers")
      .select("subscriptions_version")
      .where("customer_id", "=", "cus_sub")
      .executeTakeFirstOrThrow();
    assert.equal(customer.subscriptions_version, 3);
  });

  test("a subscription needs a customer, a plan and an end after its start", async () => {
    const { client } = app();
    const subscribe = (id: string, json: unknown) =>
      client.send("POST", `/v1/customers/${id}/subscriptions`, { json });
    await client.call(routes.upsertCustomer, { params: { id: "cus_bad" }, body: {} });
    expectProblem(await subscribe("nobody", { planId: "pro" }), 404, "not_found");
    const noPlan = expectProblem(await subscribe("cus_bad", { planId: "none" }), 404, "not_found");
    assert.equal(noPlan.errors?.[0]?.path, "planId");
    for (const times of [
      { endsAt: at(Date.now() - HOUR_MS) },
      { startsAt: at(Date.now()), endsAt: at(Date.now() - HOUR_MS) },
    ]) {
      const refused = expectProblem(
        await subscribe("cus_bad", { planId: "pro", ...times }),
        422,
        "validation_failed",
      );
      assert.equal(refused.errors?.[0]?.path, "endsAt");
    }
    expectProblem(await client.send("GET", "/v1/customers/nobody/subscriptions"), 404, "not_found");
    assert.deepEqual(
      (await client.call(routes.listSubscriptions, { params: { id: "cus_bad" } })).body.data,
      [],
    );
  });

  test("a session token is minted for a customer that is there, or that is given along", async () => {
    const { client } = app();
    await client.call(routes.upsertCustomer, { params: { id: "cus_here" }, body: { name: "Here" } });
    const { body } = await client.call(routes.createWidgetSession, {
      body: { customerId: "cus_here", userId: "user-1", expiresInSeconds: 60, customer: { name: "Other" } },
    });
    const lifeMs = Date.parse(body.expiresAt) - Date.now();
    assert.ok(lifeMs > 50_000 && lifeMs <= 60_000, `lives ${lifeMs} ms`);
    const here = await client.call(routes.getCustomer, { params: { id: "cus_here" } });
    assert.equal(here.body.name, "Here");
    const unknown = await client.send("POST", "/v1/widget-sessions", { json: { customerId: "cus_new" } });
    expectProblem(unknown, 404, "not_found");
    const customer = { name: "New", email: "new@example.com" };
    await Promise.all(
      Array.from({ length: 10 }, () =>
        client.call(routes.createWidgetSession, { body: { customerId: "cus_new", customer } }),
      ),
    );
    const created = await client.call(routes.getCustomer, { params: { id: "cus_new" } });
    assert.equal(created.body.email, "new@example.com");
  });
});

function at(ms: number): string {
  return new Date(ms).toISOString();
}
