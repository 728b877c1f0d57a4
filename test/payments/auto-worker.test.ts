import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type AutoTopUpWorker, startAutoTopUps } from "../../bff/src/jobs/auto-top-ups.ts";
import { createPoolWriter } from "../../bff/src/pools/pool-writer.ts";
import { defaultParts, oneEngine, eventually } from "../../bff/src/test-support/index.ts";
import { autoTools } from "./auto-tools.ts";
import { useTill } from "./till.ts";

oneEngine((engine) => {
  let worker: AutoTopUpWorker | null = null;
  const errors: unknown[] = [];
  const till = useTill(engine, {
    parts: (database) => {
      const parts = defaultParts(database);
      // As the product wires it: told after each commit, by the process that made it.
      const pools = createPoolWriter({
        database,
        onCommitted: (customerIds) => {
          parts.live.poolsChanged(customerIds);
          worker?.poolsChanged(customerIds);
        },
        onError: () => undefined,
      });
      const close = async () => {
        await pools.close();
        await parts.close();
      };
      return { ...parts, pools, close };
    },
  });
  const auto = autoTools(till);
  const start = () => (worker = startAutoTopUps(till.app().money, (error) => void errors.push(error)));
  const stop = async () => {
    await worker?.close();
    worker = null;
  };
  after(stop);
  const filled = (customerId: string) =>
    eventually("the refill", async () => (await auto.balance(customerId)) === "600");

  test("a drained pool fills up by itself after the commit, as often as its limit and pauses let it", async () => {
    const { customerId, stripeId } = await auto.customer();
    start();
    await auto.burn(customerId, "250");
    await filled(customerId);
    assert.equal(auto.charges(stripeId), 1);
    await stop();
    assert.deepEqual(errors, []);
  });

  test("16 burns at once, with the worker awake, make one charge (pitfall 15)", async () => {
    const { customerId, stripeId } = await auto.customer();
    start();
    await Promise.all(Array.from({ length: 16 }, () => auto.burn(customerId, "15")));
    await eventually("the charge", () => auto.charges(stripeId) === 1);
    await stop();
    await auto.sweep();
    assert.equal(auto.charges(stripeId, "made"), 1);
    assert.deepEqual(errors, []);
  });

  test("a wake-up that was lost with its process is made good by the sweep of the next one", async () => {
    const { customerId } = await auto.customer();
    await auto.burn(customerId, "250");
    start();
    await filled(customerId);
    await stop();
    assert.deepEqual(errors, []);
  });
});
