import assert from "node:assert/strict";
import { test } from "node:test";
import { ensureBootstrapKey } from "./auth/bootstrap-key.ts";
import { parseConfig } from "./config.ts";
import { createLogger } from "./http/logger.ts";
import { startRuntime } from "./runtime.ts";
import { oneEngine, fromNow, mint, Shop, StreamReader, TEST_KEY, TestClient } from "./test-support/index.ts";

oneEngine((engine) => {
  test("an open stream hears of an activation and of an expiry within a second, though nobody touches the customer", async (t) => {
    const testDatabase = await engine.open();
    const { database, url } = testDatabase;
    const env = { BOOTSTRAP_API_KEY: TEST_KEY, ...(url ? { DATABASE_URL: url } : {}) };
    const config = { ...parseConfig(env), port: 0 };
    await ensureBootstrapKey(database, config);
    const runtime = await startRuntime({ config, database, logger: createLogger("silent") });
    t.after(async () => {
      await runtime.close();
      await testDatabase.close();
    });
    const client = new TestClient(`http://127.0.0.1:${runtime.port}`, TEST_KEY);
    const shop = new Shop(() => client);
    await shop.open();
    const customerId = await shop.customer({ credits: "1" });
    const stream = await StreamReader.open(client, await mint(client, customerId));
    await stream.snapshot();
    const effectiveAt = fromNow(1_000);
    const expiresAt = fromNow(2_000);
    await shop.grant(customerId, { amount: "100", effectiveAt, expiresAt });
    const up = (await stream.poolsUntil("101")).at(-1);
    const down = (await stream.poolsUntil("1")).at(-1);
    stream.leave();
    const late = [
      Date.parse(up?.asOf ?? "") - Date.parse(effectiveAt),
      Date.parse(down?.asOf ?? "") - Date.parse(expiresAt),
    ];
    assert.ok(
      late.every((ms) => ms >= 0 && ms < 1_000),
      `told ${late.join(" and ")} ms after it was due`,
    );
    assert.deepEqual(
      (await shop.ledger(customerId)).map(({ type }) => type),
      ["granted", "granted", "activated", "expired"],
    );
  });
});
