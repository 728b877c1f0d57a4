import assert from "node:assert/strict";
import { before, test } from "node:test";
import { STREAM_HEARTBEAT_MS } from "@credits-kit/contract";
import { oneEngine, expectProblem, mint, Shop, StreamReader, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  let aheadMs = 0;
  const app = useTestApp(engine, { now: () => Date.now() + aheadMs });
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  test("a stream that has nothing to say says so now and then", async (context) => {
    const token = await mint(app().client, await shop.customer());
    context.mock.timers.enable({ apis: ["setInterval"] });
    const stream = await StreamReader.open(app().client, token);
    await stream.snapshot();
    for (let beat = 0; beat < 3; beat += 1) {
      context.mock.timers.tick(STREAM_HEARTBEAT_MS);
      await stream.expect(":");
    }
    stream.leave();
  });

  test("a stream ends with its token, and asks for another one at once", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const token = await mint(app().client, customerId, { expiresInSeconds: 10 });
    aheadMs = 8500;
    try {
      const stream = await StreamReader.open(app().client, token);
      assert.equal((await stream.snapshot()).balances[0]?.balance, "10");
      assert.deepEqual((await stream.expect("bye")).data, { reconnectInMs: 0 });
      assert.equal(await stream.next(), null);
      aheadMs = 10_000;
      const late = await app().client.send("GET", "/widget/stream", { credential: token });
      expectProblem(late, 401, "unauthenticated");
    } finally {
      aheadMs = 0;
    }
    assert.equal(app().parts.live.listenersOf(customerId), 0);
  });

  // The last test: the hub stays closed.
  test("a server that closes says goodbye to its streams, and to whoever still comes", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const token = await mint(app().client, customerId);
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => StreamReader.open(app().client, token)),
    );
    await Promise.all(streams.map((stream) => stream.snapshot()));
    app().parts.live.close();
    streams.push(await StreamReader.open(app().client, token));
    for (const stream of streams) {
      const { data } = await stream.expect("bye");
      assert.ok(isBye(data) && data.reconnectInMs >= 0 && data.reconnectInMs <= 5000, JSON.stringify(data));
      assert.equal(await stream.next(), null);
    }
  });
});

function isBye(data: unknown): data is { reconnectInMs: number } {
  return (
    typeof data === "object" &&
    data !== null &&
    "reconnectInMs" in data &&
    typeof data.reconnectInMs === "number"
  );
}
