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
import { countEach, post, tally } from "./answers.ts";
import { failing, LOSSES, type Outage } from "./failing-database.ts";

const TIMEOUT_MS = 7_777;
const credits = (amount: string) => ({ creditTypeId: "credits", amount });
const use = (customerId: string, id: string) => ({ id, customerId, featureId: "image" });

// Elsewhere, an id was claimed before the write that it stood for: when the write failed, sending the id again was
// answered with success, and nothing was ever metered. Here the id is written with its entry, in one transaction.
oneEngine((engine) => {
  let ailing: TestApp;
  // Before the healthy replica, which takes the database with it.
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
    test(`an event whose database was ${loss} counts once when it is sent again (complaint 36)`, async () => {
      const customerId = await shop.customer({ credits: "100" });
      const asks = [
        { path: "/v1/events", body: { ...use(customerId, "e") } },
        { path: "/v1/consume", body: { id: "c", customerId, ...credits("5") } },
        { path: "/v1/holds", body: { id: "h", customerId, ...credits("5") } },
        { path: "/v1/grants", body: { customerId, ...credits("5"), category: "promo", key: "gift" } },
      ];
      for (const { path, body } of asks) {
        outage.loss = loss;
        const failed = await post(ailing.client, path, body);
        outage.loss = null;
        assert.deepEqual(tally([failed]), { "503 overloaded": 1 }, path);
        assert.equal(failed.headers.get("retry-after"), "1");
        const again = [];
        for (const client of [ailing.client, app().client, ailing.client]) {
          again.push(await post(client, path, body));
        }
        assert.ok(
          again.every(({ status }) => status === 200 || status === 201),
          path,
        );
      }
      const { balance, held, seq } = await shop.balance(customerId);
      assert.deepEqual({ balance, held, seq }, { balance: "95", held: "5", seq: 5 });
    });

    test(`a batch whose database was ${loss} counts once when it is sent again (complaint 36)`, async () => {
      const customerId = await shop.customer({ credits: "1000" });
      const events = Array.from({ length: 20 }, (_, n) => use(customerId, `e${n}`));
      const ailingShop = new Shop(() => ailing.client);
      outage.loss = loss;
      const failed = await post(ailing.client, "/v1/events", { events });
      outage.loss = null;
      // Nothing was judged, so that the call as a whole is to be repeated.
      assert.deepEqual(tally([failed]), { "503 overloaded": 1 });
      const [there, here] = [await ailingShop.post(events), await shop.post(events)];
      const first = loss === "lost after the commit" ? "duplicate" : "applied";
      assert.deepEqual(countEach(there.map(({ status }) => status)), { [first]: 20 });
      assert.deepEqual(countEach(here.map(({ status }) => status)), { duplicate: 20 });
      assert.equal((await shop.balance(customerId)).balance, "900");
    });
  }

  test("a call that a client tries again by itself through an outage is carried out once (complaint 36)", async () => {
    for (const loss of LOSSES) {
      const customerId = await shop.customer({ credits: "100" });
      let tries = 0;
      const client = createServerClient({
        baseUrl: ailing.client.url,
        apiKey: TEST_KEY,
        timeoutMs: TIMEOUT_MS,
        clock: stillClock(TIMEOUT_MS).clock,
        fetch: (input, init) => {
          tries += 1;
          outage.loss = tries % 2 === 1 ? loss : null;
          return fetch(input, init);
        },
      });
      await client.consume({ id: "c", customerId, ...credits("5") });
      await client.holds.place({ id: "h", customerId, ...credits("20") });
      await client.holds.capture({ id: "h", customerId, amount: "3", final: false });
      await client.grants.create({ customerId, ...credits("1000"), category: "promo" });
      assert.equal(tries, 8);
      const { balance, held, seq } = await shop.balance(customerId);
      assert.deepEqual({ balance, held, seq }, { balance: "1092", held: "17", seq: 5 });
    }
  });

  test("an event that was refused claims nothing: its id counts once the cause is gone (complaint 36)", async () => {
    const customerId = await shop.customer({ plan: null });
    const steps: [code: string, remedy: () => Promise<unknown>][] = [
      ["no_active_subscription", () => shop.subscribe(customerId, { planId: "hard" })],
      ["insufficient_credits", () => shop.grant(customerId, { amount: "4.999999" })],
      ["insufficient_credits", () => shop.grant(customerId, { amount: "0.000001" })],
    ];
    for (const [code, remedy] of steps) {
      for (const client of [app().client, ailing.client]) {
        const refused = await post(client, "/v1/events", use(customerId, "e"));
        assert.match(refused.text, new RegExp(`"code":"${code}"`));
      }
      await remedy();
    }
    const { status, balance } = await shop.burn(use(customerId, "e"));
    assert.deepEqual({ status, balance }, { status: "applied", balance: "0" });
    const [again] = await shop.post([use(customerId, "e")]);
    assert.equal(again?.status, "duplicate");
  });
});
