import assert from "node:assert/strict";
import { test } from "node:test";
import { type LedgerEntry, routes } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import type { Database } from "../../storage/database.ts";
import {
  defaultParts,
  oneEngine,
  expectProblem,
  Shop,
  startTestApp,
  useTestApp,
} from "../../test-support/index.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const START = Date.parse("2030-01-31T09:30:00Z");

/** So many days after the start of every clock here. */
function day(days: number): string {
  return new Date(START + days * DAY_MS).toISOString();
}

/** What a page of the ledger tells of a life, without what differs between two who live the same one. */
function told(entries: readonly LedgerEntry[]): unknown[] {
  return entries.map(({ seq, at, occurredAt, type, delta, endBalance, grants, reason }) => {
    return {
      seq,
      at,
      occurredAt,
      type,
      delta,
      endBalance,
      reason,
      parts: grants.map(({ amount }) => amount),
    };
  });
}

/** Parts whose settling can be made to fail. */
function failingParts(database: Database) {
  const parts = defaultParts(database);
  const state = { settlesLeft: Infinity };
  const pools: typeof parts.pools = {
    ...parts.pools,
    submit: async (commands) => {
      if (commands[0]?.kind === "settle" && (state.settlesLeft -= 1) < 0) {
        throw new ServiceError("overloaded", "The process is about to die.");
      }
      return parts.pools.submit(commands);
    },
  };
  return { ...parts, pools, state };
}

oneEngine((engine) => {
  let failing: ReturnType<typeof failingParts>;
  const app = useTestApp(engine, { parts: (database) => (failing = failingParts(database)) });
  const shop = new Shop(() => app().client);
  let opened: Promise<void> | undefined;
  let clocks = 0;

  /** A clock of this test alone. */
  async function clock(): Promise<string> {
    await (opened ??= shop.open());
    const id = `clock-${(clocks += 1)}`;
    await app().client.call(routes.createTestClock, { body: { id, now: day(0) } });
    return id;
  }

  let monthly: Promise<void> | undefined;
  /** A plan that brings credits every month. */
  function monthlyPlan(): Promise<void> {
    const rates = [{ featureId: "image", creditsPerUnit: "7" }];
    const included = { credits: "10", every: "month", rollover: "none" } as const;
    return (monthly ??= shop.plan({ id: "monthly", creditTypeId: "tokens", limit: "hard", rates, included }));
  }

  async function customerOn(testClockId: string): Promise<string> {
    const id = `on-${testClockId}`;
    await app().client.call(routes.createCustomer, { body: { id, testClockId } });
    await shop.subscribe(id, { planId: "hard" });
    return id;
  }

  async function advance(id: string, to: string) {
    return (await app().client.call(routes.advanceTestClock, { params: { id }, body: { to } })).body;
  }

  /** Something for every kind of thing that time does by itself. */
  async function furnish(customerId: string): Promise<void> {
    await shop.grant(customerId, { amount: "100", expiresAt: day(20) });
    await shop.grant(customerId, { amount: "40", effectiveAt: day(10.25), expiresAt: day(50) });
    await shop.grant(customerId, { amount: "7", effectiveAt: day(60) });
    await shop.grant(customerId, { amount: "9", creditTypeId: "tokens", effectiveAt: day(10.25) });
    await shop.hold(customerId, { id: "h", amount: "30", creditTypeId: "credits", expiresInSeconds: 86_400 });
    await shop.burn({ id: "e", customerId, featureId: "image" });
  }

  test("three months at once leave the same entries as three months day by day, each at its moment", async () => {
    const [fast, slow] = [await clock(), await clock()];
    const [hasty, patient] = [await customerOn(fast), await customerOn(slow)];
    await monthlyPlan();
    for (const customerId of [hasty, patient]) {
      await furnish(customerId);
      await shop.subscribe(customerId, { planId: "monthly" });
    }
    const before = await shop.ledger(hasty);
    const { now, entries } = await advance(fast, day(90));
    for (let days = 1; days <= 90; days += 1) await advance(slow, day(days));
    const lived = await shop.ledger(hasty);
    assert.deepEqual(told(lived), told(await shop.ledger(patient)));
    assert.deepEqual([now, entries], [day(90), lived.length - before.length]);
    const moments = lived.slice(before.length).map(({ at, type, delta }) => `${at} ${type} ${delta}`);
    assert.deepEqual(moments.toSorted(), [
      `${day(1)} hold_released 0`,
      `${day(10.25)} activated 40`,
      `${day(10.25)} activated 9`,
      `${day(20)} expired -95`,
      "2030-02-28T09:30:00.000Z expired -10",
      "2030-02-28T09:30:00.000Z granted 10",
      `${day(50)} expired -40`,
      "2030-03-31T09:30:00.000Z expired -10",
      "2030-03-31T09:30:00.000Z granted 10",
      `${day(60)} activated 7`,
      "2030-04-30T09:30:00.000Z expired -10",
      "2030-04-30T09:30:00.000Z granted 10",
    ]);
    assert.deepEqual(
      (await shop.balances(hasty)).map(({ creditTypeId, balance, asOf }) => [creditTypeId, balance, asOf]),
      [
        ["credits", "7", day(90)],
        ["tokens", "19", day(90)],
      ],
    );
  });

  test("usage, grants and subscriptions are judged by the clock", async () => {
    const id = await clock();
    const customerId = await customerOn(id);
    await shop.grant(customerId, { expiresAt: day(30) });
    await advance(id, day(5));
    const event = { customerId, featureId: "email" };
    const results = await shop.post([
      { ...event, id: "now" },
      { ...event, id: "then", timestamp: day(4) },
      { ...event, id: "real", timestamp: new Date().toISOString() },
      { ...event, id: "ahead", timestamp: day(6) },
    ]);
    assert.deepEqual(
      results.map(({ status, error }) => error?.code ?? status),
      ["applied", "applied", "timestamp_out_of_window", "timestamp_out_of_window"],
    );
    assert.deepEqual(
      (await shop.ledger(customerId)).map(({ at, occurredAt }) => [at, occurredAt]),
      [
        [day(0), day(0)],
        [day(5), day(5)],
        [day(5), day(4)],
      ],
    );
    await shop.subscribe(customerId, { planId: "tokens", startsAt: day(6), endsAt: day(7) });
    const statuses = async () => {
      const { body } = await app().client.call(routes.listSubscriptions, { params: { id: customerId } });
      return body.data.map(({ planId, status, startsAt }) => [planId, status, startsAt]);
    };
    assert.deepEqual(await statuses(), [
      ["tokens", "scheduled", day(6)],
      ["hard", "active", day(0)],
    ]);
    await advance(id, day(6.5));
    assert.equal((await statuses())[0]?.[1], "active");
    await advance(id, day(31));
    assert.equal((await statuses())[0]?.[1], "ended");
    assert.deepEqual(
      (await shop.grants(customerId)).map(({ status }) => status),
      ["expired"],
    );
  });

  test("an advance that ended in the middle goes on with the same call, and nothing is done twice", async () => {
    const [broken, whole] = [await clock(), await clock()];
    const [customerId, other] = [await customerOn(broken), await customerOn(whole)];
    for (const id of [customerId, other]) await furnish(id);
    await advance(whole, day(90));
    const body = { to: day(90) };
    const headers = { "Idempotency-Key": "the-same" };
    failing.state.settlesLeft = 2;
    const path = `/v1/test-clocks/${broken}/advance`;
    expectProblem(await app().client.send("POST", path, { json: body, headers }), 503, "overloaded");
    failing.state.settlesLeft = Infinity;
    const { body: stands } = await app().client.call(routes.getTestClock, { params: { id: broken } });
    assert.equal(stands.now, day(20));
    const done = await app().client.call(routes.advanceTestClock, { params: { id: broken }, body, headers });
    assert.deepEqual(told(await shop.ledger(customerId)), told(await shop.ledger(other)));
    const again = await app().client.call(routes.advanceTestClock, { params: { id: broken }, body, headers });
    assert.equal(again.text, done.text);
    assert.equal(again.headers.get("idempotency-replayed"), "true");
  });

  test("two advances at once leave what one after the other does, and the clock where the farther one goes", async () => {
    const [shared, whole] = [await clock(), await clock()];
    const [customerId, other] = [await customerOn(shared), await customerOn(whole)];
    for (const id of [customerId, other]) await furnish(id);
    await advance(whole, day(90));
    const path = `/v1/test-clocks/${shared}/advance`;
    const [near, far] = await Promise.all(
      [30, 90].map((days) => app().client.send("POST", path, { json: { to: day(days) } })),
    );
    // The nearer one may find the clock beyond its time already.
    assert.ok(near?.status === 200 || near?.status === 422, near?.text);
    assert.equal(far?.status, 200, far?.text);
    const { body } = await app().client.call(routes.getTestClock, { params: { id: shared } });
    assert.equal(body.now, day(90));
    assert.deepEqual(told(await shop.ledger(customerId)), told(await shop.ledger(other)));
  });

  test("a clock goes neither back nor too far", async () => {
    const id = await clock();
    const path = `/v1/test-clocks/${id}/advance`;
    for (const to of [day(0), day(-1), "2035-01-31T09:30:00.001Z"]) {
      const problem = expectProblem(
        await app().client.send("POST", path, { json: { to } }),
        422,
        "validation_failed",
      );
      assert.equal(problem.errors?.[0]?.path, "to");
    }
    assert.equal((await advance(id, "2035-01-31T09:30:00Z")).now, "2035-01-31T09:30:00.000Z");
    expectProblem(
      await app().client.send("POST", "/v1/test-clocks/nobody/advance", { json: { to: day(1) } }),
      404,
      "not_found",
    );
  });

  test("a clock is named, listed, and deleted once no customer lives by it", async () => {
    const { client } = app();
    await clock();
    const made = await client.call(routes.createTestClock, { body: { name: "New Year", now: day(0) } });
    assert.deepEqual([made.body.id, made.body.now], ["new-year", day(0)]);
    const taken = await client.send("POST", "/v1/test-clocks", { json: { id: "new-year", now: day(0) } });
    expectProblem(taken, 409, "already_exists");
    const { data } = (await client.call(routes.listTestClocks, { query: { limit: 1 } })).body;
    assert.deepEqual(data, [made.body]);
    const customerId = await customerOn("new-year");
    const problem = expectProblem(await client.send("DELETE", "/v1/test-clocks/new-year"), 409, "in_use");
    assert.deepEqual(problem.usedBy, [{ kind: "customer", id: customerId }]);
    await client.call(routes.upsertCustomer, { params: { id: customerId }, body: { testClockId: null } });
    await client.call(routes.deleteTestClock, { params: { id: "new-year" } });
    expectProblem(await client.send("GET", "/v1/test-clocks/new-year"), 404, "not_found");
  });

  test("a customer keeps the clock that entries were written by", async () => {
    const { client } = app();
    const [first, second] = [await clock(), await clock()];
    const customerId = await customerOn(first);
    const put = (body: object) => client.send("PUT", `/v1/customers/${customerId}`, { json: body });
    const shown = async () => {
      return (await client.call(routes.getCustomer, { params: { id: customerId } })).body.testClockId;
    };
    assert.equal(await shown(), first);
    assert.equal((await put({ testClockId: second })).status, 200);
    assert.equal(await shown(), second);
    await shop.grant(customerId);
    for (const testClockId of [first, null]) {
      const problem = expectProblem(await put({ testClockId }), 409, "state_conflict");
      assert.equal(problem.errors?.[0]?.path, "testClockId");
    }
    assert.equal((await put({ testClockId: second, name: "Lena" })).status, 200);
    expectProblem(await put({ testClockId: "nobody" }), 404, "not_found");
    assert.equal(await shown(), second);
  });

  test("a live deployment has no test clocks", async (t) => {
    const credential = "ck_live_bootstrap_0123456789abcdef";
    const env = {
      STRIPE_SECRET_KEY: "sk_live_1",
      STRIPE_WEBHOOK_SECRET: "whsec_of_a_live_endpoint",
      DATABASE_URL: "postgres://nobody@localhost/none",
      BOOTSTRAP_API_KEY: credential,
    };
    const live = await startTestApp(engine, { env, shared: app().testDatabase });
    t.after(() => live.close());
    const { client } = live;
    for (const [method, path, json] of [
      ["POST", "/v1/test-clocks", { now: day(0) }],
      ["GET", "/v1/test-clocks", undefined],
      ["GET", "/v1/test-clocks/clock-1", undefined],
      ["POST", "/v1/test-clocks/clock-1/advance", { to: day(1) }],
      ["DELETE", "/v1/test-clocks/clock-1", undefined],
      ["POST", "/v1/customers", { id: "live", testClockId: "clock-1" }],
      ["PUT", "/v1/customers/live", { testClockId: "clock-1" }],
    ] as const) {
      const reply = await client.send(method, path, { credential, ...(json ? { json } : {}) });
      const problem = expectProblem(reply, 403, "forbidden");
      assert.match(problem.detail, /only in a test deployment/);
    }
  });
});
