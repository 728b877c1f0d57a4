import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { ensureBootstrapKey } from "./auth/bootstrap-key.ts";
import { parseConfig } from "./config.ts";
import { createLogger } from "./http/logger.ts";
import { startRuntime } from "./runtime.ts";
import {
  eachEngine,
  eventually,
  mint,
  openTestPostgres,
  Shop,
  StreamReader,
  TEST_KEY,
  TestClient,
  type TestDatabase,
} from "./test-support/index.ts";

function configFor({ url }: Pick<TestDatabase, "url">, port: number) {
  return {
    ...parseConfig({
      BOOTSTRAP_API_KEY: TEST_KEY,
      PUBLIC_URL: "http://bff.test",
      ...(url ? { DATABASE_URL: url } : {}),
    }),
    port,
  };
}

async function start(testDatabase: Pick<TestDatabase, "url" | "database">, port = 0) {
  const config = configFor(testDatabase, port);
  await ensureBootstrapKey(testDatabase.database, config);
  const logger = createLogger("silent");
  const runtime = await startRuntime({ config, database: testDatabase.database, logger });
  const client = new TestClient(`http://127.0.0.1:${runtime.port}`, TEST_KEY);
  return { ...runtime, client };
}

eachEngine((engine) => {
  test("a server that stops answers what it took, says goodbye to streams, and takes nothing new", async () => {
    const testDatabase = await engine.open();
    const runtime = await start(testDatabase);
    const shop = new Shop(() => runtime.client);
    await shop.open();
    const customerId = await shop.customer({ credits: "1000" });
    const stream = await StreamReader.open(runtime.client, await mint(runtime.client, customerId));
    await stream.snapshot();
    const posts = Array.from({ length: 20 }, (_, index) =>
      shop.burn({ id: `e${index}`, customerId, featureId: "email" }).then(
        () => 1,
        () => 0,
      ),
    );
    await Promise.race(posts);
    const began = performance.now();
    await runtime.close();
    assert.ok(performance.now() - began < 5000);
    const acknowledged = (await Promise.all(posts)).reduce<number>((sum, one) => sum + one, 0);
    let last = await stream.next();
    while (last?.name === "pool") last = await stream.next();
    assert.equal(last?.name, "bye");
    assert.equal(await stream.next(), null);
    await assert.rejects(runtime.client.send("GET", "/healthz"));

    const again = await start(testDatabase);
    const { body } = await again.client.call(routes.getBalances, { params: { id: customerId } });
    assert.ok(Number(body.balances[0]?.used) >= acknowledged);
    await again.close();
    await testDatabase.close();
  });

  test("a port that is taken is told, and nothing is left running", async () => {
    const testDatabase = await engine.open();
    const squatter = createServer().listen(0);
    await once(squatter, "listening");
    const address = squatter.address();
    assert.ok(address !== null && typeof address === "object");
    await assert.rejects(start(testDatabase, address.port), /EADDRINUSE/);
    squatter.close();
    await testDatabase.close();
  });

  // The embedded database has one process.
  if (engine.name !== "Postgres") return;

  test("a stream at one replica hears what was posted at the other, and of its catalogue", async () => {
    const testDatabase = await engine.open();
    const { url } = testDatabase;
    assert.ok(url);
    const database = await openTestPostgres(url);
    const [one, two] = [await start(testDatabase), await start({ url, database })];
    try {
      const shop = new Shop(() => one.client);
      await shop.open();
      const customerId = await shop.customer({ credits: "100" });
      const stream = await StreamReader.open(two.client, await mint(one.client, customerId));
      // The replica may still be hearing of what was there before it listened.
      await eventually("silence", async () => {
        const message = await stream.next();
        return message?.name === "snapshot";
      });
      for (let index = 1; index <= 20; index += 1) {
        await shop.burn({ id: `e${index}`, customerId, featureId: "email" });
      }
      let seq = 1;
      while (seq < 21) {
        const message = await stream.next();
        if (message?.name !== "pool") continue;
        const next = Number(message.id.split(":")[1]);
        assert.ok(next > seq, `${next} after ${seq}`);
        seq = next;
      }
      await one.client.call(routes.createFeature, { body: { name: "New" } });
      await stream.expect("resync");
      assert.equal((await stream.snapshot()).balances[0]?.balance, "80");

      const second = await StreamReader.open(one.client, await mint(two.client, customerId));
      await second.snapshot();
      const there = new Shop(() => two.client);
      await there.burn({ id: "there", customerId, featureId: "email" });
      assert.equal((await second.pool()).balance, "79");
      assert.equal((await stream.pool()).balance, "79");
    } finally {
      await one.close();
      await two.close();
      await database.close();
      await testDatabase.close();
    }
  });
});
