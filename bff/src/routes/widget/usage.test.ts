import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import { oneEngine, expectProblem, mint, Shop, useTestApp } from "../../test-support/index.ts";

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  type Query = Readonly<Record<string, string | number>>;
  const usage = async (credential: string, query: Query = {}) =>
    (await app().client.call(routes.getWidgetUsage, { credential, query })).body;
  const forecast = async (credential: string) =>
    (await app().client.call(routes.getWidgetForecast, { credential })).body;
  before(() => shop.open());

  test("a widget reads its own customer's usage, with what the credits are called", async () => {
    const customerId = await shop.customer({ credits: "100" });
    await shop.burn({ id: "a", customerId, featureId: "image" });
    await shop.burn({ id: "a", customerId: await shop.customer({ credits: "100" }), featureId: "email" });
    const { creditType, total, series } = await usage(await mint(app().client, customerId), {
      groupBy: "feature",
    });
    const unit = { singular: "credit", plural: "credits" };
    assert.deepEqual(creditType, { id: "credits", name: "The credits", symbol: "✦", unit });
    assert.equal(total, "5");
    assert.deepEqual(
      series.map(({ key }) => key),
      ["image"],
    );
  });

  test("of credits of several types a person sees the first, by its name, and any other that the page names", async () => {
    const customerId = await shop.customer({ credits: "100" });
    await shop.grant(customerId, { creditTypeId: "tokens", amount: "70" });
    await shop.burn({ id: "a", customerId, featureId: "image" });
    const token = await mint(app().client, customerId);
    const first = await usage(token);
    assert.deepEqual(
      [first.creditTypeId, first.creditType?.name, first.total],
      ["credits", "The credits", "5"],
    );
    assert.equal((await forecast(token)).basis.available, "95");
    const named = await usage(token, { creditTypeId: "tokens" });
    assert.deepEqual([named.creditTypeId, named.total], ["tokens", "0"]);
  });

  test("a burn, a reversal and a rename show in the very next answer, though answers are kept", async () => {
    const customerId = await shop.customer({ credits: "1000" });
    const token = await mint(app().client, customerId);
    for (let round = 1; round <= 5; round += 1) {
      await shop.burn({ id: `e${round}`, customerId, featureId: "email" });
      assert.equal((await usage(token)).total, String(round));
      assert.equal((await usage(token)).total, String(round));
      assert.equal((await forecast(token)).basis.available, String(1000 - round));
    }
    await shop.reverse(customerId, "e3");
    assert.deepEqual([(await usage(token)).total, (await forecast(token)).basis.available], ["4", "996"]);
    const params = { id: "credits" };
    await app().client.call(routes.updateCreditType, { params, body: { name: "Renamed" } });
    assert.equal((await usage(token)).creditType?.name, "Renamed");
    await app().client.call(routes.updateCreditType, { params, body: { name: "The credits" } });
  });

  test("a kept answer is no work for the database", async () => {
    const customerId = await shop.customer({ credits: "5" });
    const token = await mint(app().client, customerId);
    const first = await forecast(token);
    assert.deepEqual(await forecast(token), first, "the same moment: it was not read again");
    await shop.burn({ id: "a", customerId, featureId: "email" });
    assert.notEqual((await forecast(token)).basis.asOf, first.basis.asOf);
  });

  test("a screen gets eight series and the rest as one, and no more buckets than it can draw", async () => {
    const customerId = await shop.customer({ credits: "100" });
    const token = await mint(app().client, customerId);
    await shop.post(
      Array.from({ length: 11 }, (_, index) => ({
        id: `u${index}`,
        customerId,
        featureId: "email",
        userId: `u${index}`,
      })),
    );
    const { series } = await usage(token, { groupBy: "user" });
    assert.deepEqual([series.length, series.at(-1)?.kind, series.at(-1)?.total], [9, "other", "3"]);
    for (const [query, path] of [
      ["interval=hour", "interval"],
      ["customerId=somebody", "customerId"],
      ["timeZone=Mars", "timeZone"],
    ] as const) {
      const reply = await app().client.send("GET", `/widget/usage?${query}`, { credential: token });
      assert.equal(expectProblem(reply, 422, "validation_failed").errors?.[0]?.path, path);
    }
  });
});
