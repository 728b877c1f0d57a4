import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type Estimate, routes } from "@credits-kit/contract";
import {
  type BodyOf,
  oneEngine,
  expectProblem,
  fingerprint,
  fromNow,
  Shop,
  useTestApp,
} from "../../test-support/index.ts";

const DAY_MS = 24 * 3_600_000;
type Event = BodyOf<typeof routes.createEstimates>["events"][number];

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(() => shop.open());

  /** Estimates, and expects that nothing was written. */
  async function estimate(events: readonly Event[]): Promise<Estimate[]> {
    const was = await fingerprint(app().database);
    const { estimates } = (await app().client.call(routes.createEstimates, { body: { events: [...events] } }))
      .body;
    assert.deepEqual(await fingerprint(app().database), was, "an estimate changed a row");
    assert.equal(estimates.length, events.length);
    return estimates;
  }
  const figures = (estimates: readonly Estimate[]) =>
    estimates.map(({ cost, balance, balanceAfter, wouldOverdraw }) => [
      cost,
      balance,
      balanceAfter,
      wouldOverdraw,
    ]);

  test("events count one after the other, and the one that goes beyond what is there says so", async () => {
    const customerId = await shop.customer({ credits: "12" });
    const image = { customerId, featureId: "image" };
    const [first, ...others] = await estimate([
      { ...image, id: "a" },
      image,
      image,
      { customerId, featureId: "email" },
      { ...image, quantity: 0 },
    ]);
    assert.deepEqual(first, {
      id: "a",
      creditTypeId: "credits",
      resourceId: null,
      cost: "5",
      balance: "12",
      balanceAfter: "7",
      wouldOverdraw: false,
    });
    assert.deepEqual(figures(others), [
      ["5", "7", "2", false],
      ["5", "2", "-3", true],
      ["1", "-3", "-4", true],
      ["0", "-4", "-4", false],
    ]);
    assert.equal((await shop.balance(customerId)).balance, "12");
  });

  test("pools do not mix: other customers, resources and credit types stand for themselves", async () => {
    const [one, two] = [await shop.customer({ credits: "6" }), await shop.customer({ credits: "6" })];
    await shop.grant(one, { resourceId: "team", amount: "5" });
    await shop.subscribe(two, { planId: "tokens", resourceId: "lab" });
    const image = (customerId: string, resourceId?: string) => ({
      customerId,
      featureId: "image",
      ...(resourceId === undefined ? {} : { resourceId }),
    });
    const estimates = await estimate([
      image(one),
      image(two),
      image(one, "team"),
      image(one),
      image(two, "lab"),
      image(one, "team"),
    ]);
    assert.deepEqual(figures(estimates), [
      ["5", "6", "1", false],
      ["5", "6", "1", false],
      ["5", "5", "0", false],
      ["5", "1", "-4", true],
      ["7", "0", "-7", true],
      ["5", "0", "-5", true],
    ]);
    assert.deepEqual(
      estimates.map(({ creditTypeId, resourceId }) => [creditTypeId, resourceId]),
      [
        ["credits", null],
        ["credits", null],
        ["credits", "team"],
        ["credits", null],
        ["tokens", "lab"],
        ["credits", "team"],
      ],
    );
  });

  test("what holds set aside is in the balance, and yet cannot be spent", async () => {
    const customerId = await shop.customer({ credits: "10" });
    await shop.hold(customerId, { id: "h", amount: "6" });
    assert.deepEqual(figures(await estimate([{ customerId, featureId: "image" }])), [["5", "10", "5", true]]);
  });

  test("what is wrong with one event is its own error, and the others count without it", async () => {
    const customerId = await shop.customer({ credits: "10" });
    const bare = await shop.customer({ plan: null });
    const image = { customerId, featureId: "image" };
    const estimates = await estimate([
      image,
      { customerId: "nobody", featureId: "image", id: "b" },
      { customerId: bare, featureId: "image" },
      { customerId, featureId: "video", resourceId: "team" },
      { customerId, featureId: "unheard-of" },
      image,
    ]);
    assert.deepEqual(
      estimates.map(({ error }) => error && [error.code, error.path]),
      [
        undefined,
        ["not_found", "customerId"],
        ["no_active_subscription", "customerId"],
        ["feature_not_mapped", "featureId"],
        ["not_found", "featureId"],
        undefined,
      ],
    );
    assert.deepEqual(
      { ...estimates[1], error: null },
      {
        id: "b",
        creditTypeId: null,
        resourceId: null,
        cost: null,
        balance: null,
        balanceAfter: null,
        wouldOverdraw: null,
        error: null,
      },
    );
    assert.equal(estimates[3]?.resourceId, "team");
    assert.deepEqual(figures(estimates.slice(-1)), [["5", "5", "0", false]]);
  });

  test("a price is the one in force at the event's time", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, {
      planId: "hard",
      startsAt: fromNow(-9 * DAY_MS),
      endsAt: fromNow(-8 * DAY_MS),
    });
    await shop.subscribe(customerId, { planId: "tokens", startsAt: fromNow(5 * DAY_MS) });
    const at = (ms: number) => ({ customerId, featureId: "image", timestamp: fromNow(ms) });
    const estimates = await estimate([at(-8.5 * DAY_MS), at(0), at(6 * DAY_MS)]);
    assert.deepEqual(
      estimates.map(({ cost, creditTypeId, error }) => [cost, creditTypeId, error?.code]),
      [
        ["5", "credits", undefined],
        [null, null, "no_active_subscription"],
        ["7", "tokens", undefined],
      ],
    );
  });

  test("a thousand events are estimated at once, and cost what they then do", async () => {
    const customerId = await shop.customer({ plan: "soft", credits: "700.000001" });
    const events = Array.from({ length: 1000 }, (_, index) => ({
      id: `e${index}`,
      customerId,
      featureId: ["email", "trace", "image"][index % 3] ?? "email",
    }));
    const estimates = await estimate(events);
    const results = await shop.post(events);
    assert.deepEqual(
      estimates.map(({ cost, balanceAfter }) => [`-${cost}`, balanceAfter]),
      results.map(({ delta, balance }) => [delta, balance]),
    );
    assert.ok(estimates.some(({ wouldOverdraw }) => wouldOverdraw === true));
  });

  test("more than a pool could ever owe is an error of its own", async () => {
    const customerId = await shop.customer({ plan: null });
    const rates = [{ featureId: "video", creditsPerUnit: 5 }];
    await shop.plan({ id: "dear", creditTypeId: "credits", limit: "soft", rates });
    await shop.subscribe(customerId, { planId: "dear" });
    const event = { customerId, featureId: "video", quantity: "1000000000000" };
    const estimates = await estimate([event, event, { ...event, quantity: 1 }]);
    assert.deepEqual(
      estimates.map(({ cost, balanceAfter, error }) => [cost, balanceAfter, error?.code]),
      [
        ["5000000000000", "-5000000000000", undefined],
        [null, null, "amount_out_of_range"],
        ["5", "-5000000000005", undefined],
      ],
    );
  });

  test("a list that is empty, too long, or holds no event is refused as a whole", async () => {
    const event = { customerId: "nobody", featureId: "image" };
    for (const [events, path] of [
      [[], "events"],
      [Array.from({ length: 1001 }, () => event), "events"],
      [[event, {}], "events.1.customerId"],
      [[{ ...event, backfill: true }], "events.0.backfill"],
    ] as const) {
      const reply = await app().client.send("POST", "/v1/estimates", { json: { events } });
      const problem = expectProblem(reply, 422, "validation_failed");
      assert.equal(problem.errors?.[0]?.path, path);
    }
  });
});
