import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes, type UsageEventInput } from "@credits-kit/contract";
import { oneEngine, expectProblem, fromNow, Shop, useTestApp } from "../../test-support/index.ts";

const DAY_MS = 86_400_000;

/** Ten units at 3 credits, ten more at 2, all others at 1. */
const TIERS = [
  { upTo: 10, creditsPerUnit: 3 },
  { upTo: 20, creditsPerUnit: 2 },
  { upTo: null, creditsPerUnit: 1 },
];

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(async () => {
    await shop.open();
    const rates = [
      { featureId: "image", tiers: TIERS },
      { featureId: "email", tiers: TIERS },
      { featureId: "video", formula: "max(1, seconds / 60) * weight" },
      { featureId: "trace", creditsPerUnit: 1 },
    ];
    await shop.plan({ id: "tiered", creditTypeId: "credits", limit: "hard", rates });
    const included = { credits: 1, every: "year" } as const;
    await shop.plan({ id: "yearly", creditTypeId: "credits", limit: "hard", rates, included });
  });

  let ids = 0;
  const use = (customerId: string, more: Partial<UsageEventInput> = {}) => ({
    ...{ id: `e${(ids += 1)}`, customerId, featureId: "image" },
    ...more,
  });
  /** What events cost, in the order sent; the code of what was refused. */
  const costs = async (...events: UsageEventInput[]) =>
    (await shop.post(events)).map(({ delta, error }) => delta ?? error?.code ?? null);
  const newcomer = (credits = "10000") => shop.customer({ plan: "tiered", credits });

  test("events of one batch are each priced at their own place in the tiers", async () => {
    const customerId = await newcomer();
    const timestamp = fromNow(1000);
    const nine = Array.from({ length: 9 }, () => use(customerId, { timestamp }));
    assert.deepEqual(await costs(...nine), Array(9).fill("-3"));
    const across = [use(customerId, { quantity: 2 }), use(customerId, { quantity: 10 }), use(customerId)];
    assert.deepEqual(await costs(...across), ["-5", "-19", "-1"]);
  });

  test("a feature counts for itself, a customer for themselves, and an event once", async () => {
    const [one, other] = [await newcomer(), await newcomer()];
    const big = use(one, { quantity: 25 });
    assert.deepEqual(await costs(big, big), ["-55", "-55"]);
    assert.deepEqual(await costs(use(one), use(one, { featureId: "email" }), use(other)), ["-1", "-3", "-3"]);
  });

  test("what is denied or refused does not count", async () => {
    const customerId = await newcomer("6");
    assert.deepEqual(await costs(use(customerId, { quantity: 100 })), ["insufficient_credits"]);
    assert.deepEqual(await costs(use(customerId), use(customerId, { quantity: 2 }), use(customerId)), [
      "-3",
      "insufficient_credits",
      "-3",
    ]);
    await shop.grant(customerId, { amount: "100" });
    assert.deepEqual(await costs(use(customerId, { quantity: 9 })), ["-26"]);
  });

  test("an event taken back gives its units back, and no other event another price", async () => {
    const customerId = await newcomer();
    const first = use(customerId, { quantity: 10 });
    const second = use(customerId, { quantity: 10 });
    assert.deepEqual(await costs(first, second), ["-30", "-20"]);
    assert.equal((await shop.reverse(customerId, first.id)).delta, "30");
    assert.deepEqual(await costs(second), ["-20"]);
    assert.deepEqual(await costs(use(customerId, { quantity: 10 })), ["-20"]);
    expectProblem(
      await app().client.send("POST", "/v1/events/reverse", {
        json: { customerId, id: first.id, reason: "Again" },
      }),
      409,
      "state_conflict",
    );
    assert.deepEqual(await costs(use(customerId)), ["-1"]);
  });

  test("usage counts in the period in which it happened, also when it comes late", async () => {
    const customerId = await shop.customer({ plan: null, credits: "10000" });
    await shop.subscribe(customerId, { planId: "tiered", startsAt: fromNow(-40 * DAY_MS) });
    const before = { timestamp: fromNow(-20 * DAY_MS) };
    assert.deepEqual(await costs(use(customerId, { quantity: 10 })), ["-30"]);
    assert.deepEqual(await costs(use(customerId, { quantity: 12, ...before })), ["-34"]);
    const late = use(customerId, before);
    assert.deepEqual(await costs(late, use(customerId)), ["-2", "-2"]);
    await shop.reverse(customerId, late.id);
    assert.deepEqual(await costs(use(customerId, { quantity: 9, ...before })), ["-17"]);
    assert.deepEqual(await costs(use(customerId, { quantity: 9 })), ["-18"]);
  });

  test("a plan that includes credits by the year counts by the year", async () => {
    const customerId = await shop.customer({ plan: null, credits: "10000" });
    await shop.subscribe(customerId, { planId: "yearly", startsAt: fromNow(-40 * DAY_MS) });
    assert.deepEqual(await costs(use(customerId, { quantity: 10, timestamp: fromNow(-20 * DAY_MS) })), [
      "-30",
    ]);
    assert.deepEqual(await costs(use(customerId)), ["-2"]);
  });

  test("a subscription begins its tiers anew, and an earlier one keeps where it stood", async () => {
    const customerId = await newcomer();
    assert.deepEqual(await costs(use(customerId, { quantity: 15 })), ["-40"]);
    const soon = new Date(Date.now() + 1).toISOString();
    await shop.subscribe(customerId, { planId: "tiered", startsAt: soon, resourceId: "team" });
    await shop.grant(customerId, { resourceId: "team" });
    const timestamp = fromNow(1000);
    assert.deepEqual(await costs(use(customerId, { resourceId: "team", timestamp }), use(customerId)), [
      "-3",
      "-2",
    ]);
  });

  test("consumption counts, a hold does not until a quantity of it is captured", async () => {
    const customerId = await newcomer("1000");
    const ten = { featureId: "image", quantity: 10 };
    assert.equal((await shop.consume(customerId, { id: "c1", ...ten })).delta, "-30");
    assert.equal((await shop.hold(customerId, { id: "h1", ...ten })).amount, "20");
    assert.equal((await shop.hold(customerId, { id: "h2", ...ten })).amount, "20");
    assert.equal((await shop.capture(customerId, { id: "h1", quantity: 5 })).captured, "10");
    assert.equal((await shop.capture(customerId, { id: "h2", quantity: 7 })).captured, "12");
    assert.equal((await shop.consume(customerId, { id: "c2", ...ten })).delta, "-10");
    const all = await shop.hold(customerId, { id: "h3", ...ten });
    assert.equal(all.amount, "10");
    assert.equal((await shop.capture(customerId, { id: "h3" })).captured, "10");
    expectProblem(
      await app().client.send("POST", "/v1/consume", {
        json: { id: "c3", customerId, featureId: "image", quantity: 10_000 },
      }),
      402,
      "insufficient_credits",
    );
    assert.equal((await shop.consume(customerId, { id: "c4", ...ten })).delta, "-10");
  });

  test("estimates and checks tell the price of the next unit, one after the other, and count nothing", async () => {
    const customerId = await newcomer("100");
    await shop.burn(use(customerId, { quantity: 9 }));
    const estimate = async () => {
      const events = [
        { customerId, featureId: "image" },
        { customerId, featureId: "image" },
      ];
      const { body } = await app().client.call(routes.createEstimates, { body: { events } });
      return body.estimates.map(({ cost }) => cost);
    };
    assert.deepEqual(
      [await estimate(), await estimate()],
      [
        ["3", "2"],
        ["3", "2"],
      ],
    );
    const params = { id: customerId };
    const asked = { featureId: "image", quantity: 2 };
    const { body } = await app().client.call(routes.checkCustomer, { params, body: asked });
    assert.deepEqual([body.allowed, body.required], [true, "5"]);
    assert.deepEqual(await costs(use(customerId)), ["-3"]);
  });

  test("a formula prices by the dimensions of the event", async () => {
    const customerId = await newcomer();
    const video = (dimensions: UsageEventInput["dimensions"], quantity = 1) =>
      use(customerId, { featureId: "video", quantity, dimensions });
    assert.deepEqual(
      await costs(
        video({ seconds: 90, weight: 2 }),
        video({ seconds: 1, weight: 0.1 }),
        video({ seconds: 100, weight: 1 }),
        video({ seconds: 100, weight: 1, other: "x" }, 3),
      ),
      ["-3", "-0.1", "-1.666667", "-5"],
    );
  });

  test("a formula that cannot count names the dimension, to whoever asks", async () => {
    const customerId = await newcomer();
    const asked = { customerId, featureId: "video" };
    const faulty = { seconds: "90", weight: 1 };
    const fault = { path: "dimensions.seconds", message: "must be a number: the plan's rate counts with it" };
    const rejected = await shop.post([
      { id: "good", ...asked, dimensions: { seconds: 60, weight: 1 } },
      { id: "none", ...asked },
      { id: "text", ...asked, dimensions: faulty },
      { id: "less", ...asked, dimensions: { seconds: 60, weight: -1 } },
    ]);
    assert.deepEqual(
      rejected.map(({ status, error }) => [status, error?.code, error?.path]),
      [
        ["applied", undefined, undefined],
        ["rejected", "validation_failed", "dimensions.seconds"],
        ["rejected", "validation_failed", "dimensions.seconds"],
        ["rejected", "validation_failed", "dimensions"],
      ],
    );
    const expected = [{ ...fault, code: "validation_failed" }];
    for (const [path, id] of [
      ["/v1/events", "e"],
      ["/v1/consume", "c"],
      ["/v1/holds", "h"],
    ] as const) {
      const reply = await app().client.send("POST", path, { json: { id, ...asked, dimensions: faulty } });
      assert.deepEqual(expectProblem(reply, 422, "validation_failed").errors, expected, path);
    }
    const check = await app().client.send("POST", `/v1/customers/${customerId}/check`, {
      json: { featureId: "video", dimensions: faulty },
    });
    assert.deepEqual(expectProblem(check, 422, "validation_failed").errors, expected);
    const body = {
      events: [
        { ...asked, dimensions: faulty },
        { ...asked, dimensions: { seconds: 6, weight: 1 } },
      ],
    };
    const { estimates } = (await app().client.call(routes.createEstimates, { body })).body;
    assert.deepEqual([estimates[0]?.error, estimates[1]?.cost], [expected[0], "1"]);
    // An id that was refused claims nothing.
    assert.deepEqual(await costs({ id: "text", ...asked, dimensions: { seconds: 60, weight: 2 } }), ["-2"]);
    assert.equal(
      (await shop.hold(customerId, { id: "h", featureId: "video", dimensions: { seconds: 1, weight: 4 } }))
        .amount,
      "4",
    );
    const capture = { customerId, id: "h", quantity: 1, dimensions: faulty };
    const captured = await app().client.send("POST", "/v1/holds/capture", { json: capture });
    assert.deepEqual(expectProblem(captured, 422, "validation_failed").errors, expected);
    assert.equal((await shop.capture(customerId, { id: "h", quantity: 0.5 })).captured, "2");
  });

  test("units beyond all counting are refused, and those before stay counted", async () => {
    await shop.plan({
      ...{ id: "free", creditTypeId: "credits", limit: "hard" },
      rates: [{ featureId: "image", tiers: [{ upTo: null, creditsPerUnit: 0 }] }],
    });
    const customerId = await shop.customer({ plan: "free", credits: "1" });
    const most = () => use(customerId, { quantity: 1_000_000_000_000 });
    const outcomes = await costs(...Array.from({ length: 11 }, most));
    assert.deepEqual(outcomes, [...Array<string>(9).fill("0"), "amount_out_of_range", "amount_out_of_range"]);
  });
});
