import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { createServerClient } from "@credits-kit/client/server";
import {
  defaultParts,
  oneEngine,
  Shop,
  startTestApp,
  TEST_KEY,
  type TestApp,
  useTestApp,
} from "../../bff/src/test-support/index.ts";
import { stillClock } from "../../packages/client/src/server/testing.ts";
import { post, tally } from "./answers.ts";
import { failing, LOSSES, type Outage } from "./failing-database.ts";

const TIMEOUT_MS = 7_777;
const use = (customerId: string, id: string) => ({ id, customerId, featureId: "image" });

oneEngine((engine) => {
  let ailing: TestApp;
  after(() => ailing.close());
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const outage: Outage = { loss: null };
  before(async () => {
    const parts = (database: TestApp["database"]) => defaultParts(failing(database, outage));
    ailing = await startTestApp(engine, { shared: app().testDatabase, parts });
    await shop.open();
  });
  afterEach(() => {
    outage.loss = null;
  });

  for (const loss of LOSSES) {
    test(`usage that a client buffers while the database is ${loss} is delivered by itself, once (complaint 36)`, async () => {
      const customerId = await shop.customer({ credits: "100" });
      let tries = 0;
      const client = createServerClient({
        baseUrl: ailing.client.url,
        apiKey: TEST_KEY,
        timeoutMs: TIMEOUT_MS,
        clock: stillClock(TIMEOUT_MS).clock,
        onUsageError: () => undefined,
        fetch: (input, init) => {
          tries += 1;
          outage.loss = tries < 3 ? loss : null;
          return fetch(input, init);
        },
      });
      client.reportUsage(use(customerId, "e"));
      client.reportUsage(use(customerId, "f"));
      assert.deepEqual(await client.close({ timeoutMs: TIMEOUT_MS }), { undelivered: [] });
      const { balance, seq } = await shop.balance(customerId);
      assert.deepEqual({ balance, seq }, { balance: "90", seq: 3 });
    });
  }

  test("a batch under a key, sent again after its outcome was unknown, is counted (complaint 36)", async () => {
    const customerId = await shop.customer({ credits: "100" });
    const batch = { events: [use(customerId, "e")], key: "batch-1" };
    outage.loss = "lost before the commit";
    await post(ailing.client, "/v1/events", batch);
    outage.loss = null;
    const again = await post(app().client, "/v1/events", batch);
    assert.match(again.text, /"status":"(applied|duplicate)"/);
    assert.equal((await shop.balance(customerId)).balance, "95");
  });

  test("one key, sent with an event for each of two customers, does its work for both (complaint 40)", async () => {
    const customers = [await shop.customer({ credits: "100" }), await shop.customer({ credits: "100" })];
    const replies = [];
    for (const customerId of customers) {
      replies.push(await post(app().client, "/v1/events", { ...use(customerId, "e"), key: "same" }));
    }
    assert.deepEqual(tally(replies), { "200": 2 });
  });
});
