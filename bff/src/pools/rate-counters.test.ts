import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Database } from "../storage/database.ts";
import { seedTiers } from "../storage/test-support/seed-tiers.ts";
import { oneEngine } from "../test-support/engines.ts";
import { capture, event, grant, hold, reverse } from "./test-support/commands.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

const UNIT = 1_000_000n;

oneEngine((engine) => {
  const money = setUpMoney(engine);
  const tiered = { featureId: "email" };
  const asked = (units: bigint) => ({ kind: "feature", featureId: "email", quantity: units * UNIT }) as const;

  before(() => seedTiers(money.database));

  /** The statements about counters that a write path sent. */
  function listened(): { database: Database; heard: string[] } {
    const heard: string[] = [];
    const connect: Database["connect"] = async () => {
      const client = await money.database.connect();
      return new Proxy(client, {
        get(target, name) {
          if (name === "release") return (isBroken: boolean) => target.release(isBroken);
          if (name !== "query") return Reflect.get(target, name) as unknown;
          return (text: string, parameters: readonly unknown[]) => {
            if (text.includes("rate_counters")) heard.push(text.trim().slice(0, 6));
            return target.query(text, parameters);
          };
        },
      });
    };
    return { database: { ...money.database, connect }, heard };
  }

  test("a group reads and writes the counters once, however many events it has, and not at all without tiers", async () => {
    const [one, two] = money.customers();
    const { database, heard } = listened();
    const pools = money.writer({ database });
    await pools.submit([grant(one, 1000n), grant(two, 1000n)]);
    await pools.submit(Array.from({ length: 20 }, (_, n) => event(one, `image-${n}`)));
    assert.deepEqual(heard, []);
    const emails = Array.from({ length: 24 }, (_, n) => event(n % 2 === 0 ? one : two, `email-${n}`, tiered));
    const outcomes = await pools.submit(emails);
    assert.deepEqual(told(outcomes).slice(-4), ["32: 949", "12: 969", "33: 948", "13: 968"]);
    assert.deepEqual(heard, ["select", "insert"]);
  });

  test("a hold that is placed and captured in one group is priced when its turn comes", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const outcomes = await pools.submit([
      grant(customerId, 100n),
      hold(customerId, "h", { asked: asked(5n) }),
      event(customerId, "e", { ...tiered, quantity: 9n * UNIT }),
      capture(customerId, "h", { quantity: 2n * UNIT }),
      event(customerId, "f", tiered),
    ]);
    assert.deepEqual(told(outcomes), ["1: 100", "2: 100", "3: 73", "4: 69", "6: 68"]);
  });

  test("units that are reported from two processes at once are each counted once", async () => {
    const [customerId] = money.customers();
    const writers = [money.writer(), money.writer()];
    await writers[0]?.submit([grant(customerId, 100n)]);
    const events = Array.from({ length: 20 }, (_, n) => event(customerId, `e${n}`, tiered));
    const outcomes = await Promise.all(
      events.map((each, n) => writers[n % 2]?.submit([each, each]) ?? Promise.resolve([])),
    );
    const balances = outcomes
      .flat()
      .map((outcome) => (outcome.kind === "applied" ? outcome.entry.balance : 100n * UNIT));
    assert.equal(
      balances.reduce((least, each) => (each < least ? each : least)),
      60n * UNIT,
    );
  });

  test("a reversal gives back the units of the period that the event counted in, also in one group with others", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    await pools.submit([
      grant(customerId, 100n),
      event(customerId, "a", { ...tiered, quantity: 10n * UNIT }),
    ]);
    const outcomes = await pools.submit([
      event(customerId, "b", tiered),
      reverse(customerId, "a"),
      event(customerId, "c", tiered),
      event(customerId, "d", { ...tiered, quantity: 8n * UNIT }),
      event(customerId, "e", tiered),
    ]);
    assert.deepEqual(told(outcomes), ["3: 69", "4: 99", "5: 96", "6: 72", "7: 71"]);
  });
});
