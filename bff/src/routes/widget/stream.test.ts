import assert from "node:assert/strict";
import { request } from "node:http";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import {
  oneEngine,
  eventually,
  expectProblem,
  mint,
  Shop,
  StreamReader,
  TEST_KEY,
  useTestApp,
} from "../../test-support/index.ts";

const ORIGIN = "https://app.test";

oneEngine((engine) => {
  const app = useTestApp(engine, { env: { ALLOWED_ORIGINS: ORIGIN } });
  const shop = new Shop(() => app().client);
  const open = async (customerId: string) =>
    StreamReader.open(app().client, await mint(app().client, customerId));
  before(() => shop.open());

  test("a stream begins with how things stand and goes on with each change", async () => {
    const customerId = await shop.customer({ credits: "100" });
    const stream = await open(customerId);
    assert.equal(stream.response.headers.get("content-type"), "text/event-stream");
    assert.equal(stream.response.headers.get("cache-control"), "no-store");
    const read = await app().client.call(routes.getWidgetBalances, {
      credential: await mint(app().client, customerId),
    });
    const { balances, ...rest } = await stream.snapshot();
    assert.deepEqual(rest, { customerId, canTopUp: false, canChangeSettings: false });
    assert.deepEqual(
      balances,
      read.body.balances.map((pool, index) => ({ ...pool, asOf: balances[index]?.asOf })),
    );

    await shop.burn({ id: "a", customerId, featureId: "image" });
    const burned = await stream.pool();
    assert.deepEqual([burned.balance, burned.seq, burned.history.at(-1)?.balance], ["95", 2, "95"]);
    await shop.grant(customerId, { amount: 5 });
    assert.equal((await stream.pool()).balance, "100");
    await shop.grant(customerId, { amount: 7, resourceId: "team" });
    const team = await stream.pool();
    assert.deepEqual([team.resourceId, team.balance, team.seq], ["team", "7", 1]);
    await shop.subscribe(customerId, { planId: "tokens" });
    const tokens = await stream.pool();
    assert.deepEqual([tokens.creditTypeId, tokens.balance, tokens.seq], ["tokens", "0", 0]);
    stream.leave();
  });

  test("a flood of events is told in few steps, each further on, and the last is where it stands", async () => {
    const customerId = await shop.customer({ credits: "1000" });
    const [first, second] = [await open(customerId), await open(customerId)];
    await Promise.all([first.snapshot(), second.snapshot()]);
    const startedAt = performance.now();
    const posts = Array.from({ length: 300 }, (_, index) =>
      shop.burn({ id: `f${index}`, customerId, featureId: "email" }),
    );
    const [pools, others] = await Promise.all([first.poolsUntil("700"), second.poolsUntil("700"), ...posts]);
    assert.deepEqual(pools, others);
    pools.slice(1).forEach(({ seq }, index) => assert.ok(seq > (pools[index]?.seq ?? 0)));
    // Changes are gathered for forty milliseconds: however slow the machine is, no more steps than that.
    const most = (performance.now() - startedAt) / 40 + 2;
    assert.ok(pools.length < most, `${pools.length} messages where ${most} are the most`);
    first.leave();
    second.leave();
  });

  test("nothing of another customer ever comes", async () => {
    const [mine, theirs] = [await shop.customer({ credits: "10" }), await shop.customer({ credits: "20" })];
    const stream = await open(mine);
    assert.equal((await stream.snapshot()).customerId, mine);
    for (let index = 0; index < 5; index += 1) {
      await shop.burn({ id: `t${index}`, customerId: theirs, featureId: "email" });
    }
    await shop.grant(theirs, { resourceId: "team" });
    await shop.burn({ id: "mine", customerId: mine, featureId: "email" });
    const pool = await stream.pool();
    assert.deepEqual([pool.balance, pool.resourceId, pool.seq], ["9", null, 2]);
    stream.leave();
  });

  test("a change of the catalogue is announced, and everything is told again", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const stream = await open(customerId);
    const before = await stream.snapshot();
    await app().client.call(routes.createFeature, { body: { name: `New ${customerId}` } });
    assert.deepEqual((await stream.expect("resync")).data, {});
    const after = await stream.snapshot();
    assert.deepEqual(
      after.balances.map(({ balance }) => balance),
      before.balances.map(({ balance }) => balance),
    );
    await shop.burn({ id: "a", customerId, featureId: "email" });
    assert.equal((await stream.pool()).balance, "9");
    stream.leave();
  });

  test("a stream opens for a session token only, from its origins, with the scope read", async () => {
    const customerId = await shop.customer();
    const get = (credential: string | null, headers = {}) =>
      app().client.send("GET", "/widget/stream", { credential, headers });
    expectProblem(await get(null), 401, "unauthenticated");
    expectProblem(await get("a.b.c"), 401, "unauthenticated");
    expectProblem(await get(TEST_KEY), 403, "forbidden");
    expectProblem(
      await get(await mint(app().client, customerId, { scopes: ["top_up"] })),
      403,
      "insufficient_scope",
    );
    const bound = await mint(app().client, customerId, { origins: [ORIGIN] });
    expectProblem(await get(bound), 403, "forbidden");
    expectProblem(await get(bound, { Origin: "https://app.test.evil.com" }), 403, "forbidden");
    const inQuery = `/widget/stream?token=${await mint(app().client, customerId)}`;
    expectProblem(await app().client.send("GET", inQuery, { credential: null }), 401, "unauthenticated");
    const post = await app().client.send("POST", "/widget/stream", {
      credential: bound,
      headers: { Origin: ORIGIN },
    });
    expectProblem(post, 405, "method_not_allowed");

    const stream = await StreamReader.open(app().client, bound, { Origin: ORIGIN });
    assert.equal(stream.response.headers.get("access-control-allow-origin"), ORIGIN);
    await stream.snapshot();
    stream.leave();
    const elsewhere = await StreamReader.open(app().client, await mint(app().client, customerId), {
      Origin: "https://x.test",
    });
    assert.equal(elsewhere.response.headers.get("access-control-allow-origin"), null);
    elsewhere.leave();
  });

  test("a strange Host header is no reason to fail", async () => {
    const token = await mint(app().client, await shop.customer());
    for (const Host of ["a b", "user:secret@host", "[", "x".repeat(5000)]) {
      const status = await new Promise((resolve, reject) => {
        const headers = { Host, Authorization: `Bearer ${token}` };
        const asking = request(`${app().client.url}/widget/stream`, { headers }, (response) => {
          resolve(response.statusCode);
          response.destroy();
        });
        asking.on("error", reject).end();
      });
      assert.equal(status, 200, Host.slice(0, 20));
    }
  });

  test("a customer has at most a hundred streams; who leaves makes room", async () => {
    const customerId = await shop.customer({ credits: "1" });
    const token = await mint(app().client, customerId);
    const streams = await Promise.all(
      Array.from({ length: 100 }, () => StreamReader.open(app().client, token)),
    );
    await Promise.all(streams.map((stream) => stream.snapshot()));
    const refused = await app().client.send("GET", "/widget/stream", { credential: token });
    expectProblem(refused, 429, "rate_limited");
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    const other = await open(await shop.customer());
    other.leave();
    for (const stream of streams) stream.leave();
    await eventually("the leaving", () => app().parts.live.listenersOf(customerId) === 0);
    const again = await StreamReader.open(app().client, token);
    assert.equal((await again.snapshot()).balances.length, 1);
    again.leave();
  });
});
