import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes, type UsageEventInput } from "@credits-kit/contract";
import { moveUsage } from "../storage/rollups/move-usage.ts";
import { oneEngine, eventually, Shop, useTestApp } from "../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  const read = async (customerId: string, query: Readonly<Record<string, string | number>>) =>
    (await app().client.call(routes.getUsage, { query: { customerId, ...query } })).body;
  const byModel = async (customerId: string) => {
    const { series } = await read(customerId, { groupBy: "dimension:model" });
    return Object.fromEntries(series.map(({ kind, key, total }) => [`${kind} ${key}`, total]));
  };
  const sumUp = (customerId: string, longest: number) =>
    moveUsage(app().database, [customerId], { atLeast: 1, longest });
  const unit = { singular: "t", plural: "t" };

  before(async () => {
    await shop.open();
    for (const id of ["many", "changing"]) {
      const trackedDimensions = id === "many" ? ["model", "id"] : [];
      await app().client.call(routes.createCreditType, { body: { id, name: id, unit, trackedDimensions } });
      await shop.plan({
        id,
        creditTypeId: id,
        limit: "soft",
        rates: [{ featureId: "email", creditsPerUnit: 1 }],
      });
    }
  });

  test("a thousand values of a dimension are told apart, in the order in which they came; all others are one", async () => {
    const customerId = await shop.customer({ plan: "many" });
    const use = (index: number): UsageEventInput => ({
      ...{ id: `e${index}`, customerId, featureId: "email" },
      dimensions: { id: `v${index % 1_004}`, model: index % 2 === 0 ? "xl" : "other" },
    });
    await shop.post(Array.from({ length: 1_000 }, (_, index) => use(index)));
    const late = [1_003, 1_000, 1_001, 1_002, 1_004, 1_005, 1_000 + 1_004, 999 + 1_004, 999 + 2_008].map(use);
    await shop.post(late.slice(0, 3));
    await sumUp(customerId, 997);
    const told = async () => {
      const { series, total, events } = await read(customerId, { groupBy: "dimension:id", top: 3 });
      return [total, events, series.map(({ kind, key, total: own }) => `${kind} ${key}: ${own}`)];
    };
    await shop.post(late.slice(3));
    const expected = ["1009", 1_009, ["group v999: 3", "group v0: 2", "group v1: 2", "other other: 1002"]];
    assert.deepEqual(await told(), expected, "with a tail");
    await sumUp(customerId, 7);
    assert.deepEqual(await told(), expected, "in the midst of the tail");
    await sumUp(customerId, 1_000);
    assert.deepEqual(await told(), expected, "with none");
    await shop.reverse(customerId, "e1001");
    const values = await read(customerId, { groupBy: "dimension:id" });
    assert.equal(values.total, "1008");
    assert.deepEqual(await byModel(customerId), { "group xl": "504", "group other": "504" });
  });

  test("what is tracked from now on changes nothing of before, and what is taken back stays what it was", async () => {
    const customerId = await shop.customer({ plan: "changing" });
    let count = 0;
    const use = () =>
      shop.burn({ id: `e${(count += 1)}`, customerId, featureId: "email", dimensions: { model: "xl" } });
    await use();
    await use();
    await sumUp(customerId, 2);
    const params = { id: "changing" };
    await app().client.call(routes.updateCreditType, { params, body: { trackedDimensions: ["model"] } });
    await eventually("the first that is tracked", async () => {
      await use();
      return (await byModel(customerId))["group xl"] === "1";
    });
    const before = count - 1;
    await shop.reverse(customerId, "e1");
    const expected = { "none none": String(before - 1), "group xl": "1" };
    assert.deepEqual(await byModel(customerId), expected);
    await sumUp(customerId, 1_000);
    assert.deepEqual(await byModel(customerId), expected);
  });
});
