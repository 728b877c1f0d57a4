import assert from "node:assert/strict";
import { before, test } from "node:test";
import { routes } from "@credits-kit/contract";
import {
  type BodyOf,
  oneEngine,
  expectProblem,
  fingerprint,
  fromNow,
  Shop,
  useTestApp,
} from "../../test-support/index.ts";

const DAY_MS = 86_400_000;
const PACKAGES = [{ credits: "1000", price: { amountMinor: 700, currency: "usd" }, label: "Starter" }];

oneEngine((engine) => {
  const app = useTestApp(engine);
  const shop = new Shop(() => app().client);
  before(async () => {
    await shop.open();
    const prices = [
      { amount: "0.01", currency: "usd" },
      { amount: "1.25", currency: "jpy" },
    ];
    const tiers = [
      { upTo: 1000, amount: "0.010" },
      { upTo: null, amount: "0.006" },
    ];
    const plan = { creditTypeId: "credits", limit: "hard" as const, rates: [] };
    await shop.plan({ ...plan, id: "flat", topUp: { prices, min: 10, max: 1_000_000_000_000 } });
    await shop.plan({ ...plan, id: "tiers", topUp: { prices, tiers, packages: PACKAGES } });
  });

  const quote = async (order: Omit<BodyOf<typeof routes.quoteTopUp>, "creditTypeId">) => {
    const body = { creditTypeId: "credits", ...order };
    return (await app().client.call(routes.quoteTopUp, { body })).body;
  };
  const refusal = (order: object) =>
    app().client.send("POST", "/v1/top-ups/quote", {
      json: { creditTypeId: "credits", credits: "100", ...order },
    });

  test("a quote tells the price, the total and what can be ordered, and writes nothing", async () => {
    const customerId = await shop.customer({ plan: "flat" });
    const was = await fingerprint(app().database);
    const total = { amountMinor: 123, currency: "usd" };
    assert.deepEqual(await quote({ customerId, credits: "12345.5" }), {
      ...{ credits: "12345.5", currency: "usd" },
      pricePerCredit: { amount: "0.01", currency: "usd" },
      ...{ subtotal: { ...total, amountMinor: 12_346 }, total: { ...total, amountMinor: 12_346 } },
      ...{ min: "10", max: "1000000000000", packages: [] },
    });
    assert.deepEqual((await quote({ customerId, credits: 10, currency: "jpy" })).total, {
      amountMinor: 13,
      currency: "jpy",
    });
    assert.deepEqual(await fingerprint(app().database), was);
  });

  test("tiers count within the order, and a package is a price of its own", async () => {
    const customerId = await shop.customer({ plan: "tiers" });
    const tiered = await quote({ customerId, credits: 3000 });
    assert.deepEqual(
      [tiered.total.amountMinor, tiered.pricePerCredit.amount, tiered.packages],
      [
        2200,
        "0.007333333333",
        PACKAGES.map((one) => ({ ...one, pricePerCredit: { amount: "0.007", currency: "usd" } })),
      ],
    );
    const whole = await quote({ customerId, credits: 1000 });
    assert.deepEqual([whole.total.amountMinor, whole.pricePerCredit.amount], [700, "0.007"]);
    const yen = await quote({ customerId, credits: 1000, currency: "jpy" });
    assert.deepEqual([yen.total, yen.packages], [{ amountMinor: 1250, currency: "jpy" }, []]);
  });

  test("what was agreed with the customer takes the place of prices and tiers", async () => {
    const customerId = await shop.customer({ plan: null });
    await shop.subscribe(customerId, { planId: "tiers", price: "0.0025", currency: "eur" });
    const agreed = await quote({ customerId, credits: 3000 });
    assert.deepEqual(
      [agreed.total, agreed.pricePerCredit],
      [
        { amountMinor: 750, currency: "eur" },
        { amount: "0.0025", currency: "eur" },
      ],
    );
    const other = expectProblem(await refusal({ customerId, currency: "usd" }), 422, "currency_mismatch");
    assert.equal(other.errors?.[0]?.path, "currency");
  });

  test("the subscription that began last counts, among those that are active now", async () => {
    const customerId = await shop.customer({ plan: null });
    const agreed = (price: string) => ({ planId: "flat", price, currency: "usd" });
    await shop.subscribe(customerId, { ...agreed("4"), startsAt: fromNow(-4 * DAY_MS) });
    await shop.subscribe(customerId, { ...agreed("3"), startsAt: fromNow(-3 * DAY_MS) });
    await shop.subscribe(customerId, {
      ...agreed("2"),
      startsAt: fromNow(-2 * DAY_MS),
      endsAt: fromNow(-DAY_MS),
    });
    await shop.subscribe(customerId, { ...agreed("1"), startsAt: fromNow(DAY_MS) });
    assert.equal((await quote({ customerId, credits: 100 })).pricePerCredit.amount, "3");
  });

  test("who is subscribed pays by their version of the plan", async () => {
    await shop.plan({
      ...{ id: "moving", creditTypeId: "credits", limit: "hard", rates: [] },
      topUp: { prices: [{ amount: "1", currency: "usd" }] },
    });
    const early = await shop.customer({ plan: "moving" });
    const body = { topUp: { prices: [{ amount: "2", currency: "usd" }] } };
    await app().client.call(routes.updatePlan, { params: { id: "moving" }, body });
    const late = await shop.customer({ plan: "moving" });
    const amounts = await Promise.all(
      [early, late].map(async (customerId) => (await quote({ customerId, credits: 1 })).total.amountMinor),
    );
    assert.deepEqual(amounts, [100, 200]);
  });

  test("what cannot be sold is refused by its reason", async () => {
    const customerId = await shop.customer({ plan: "flat" });
    for (const credits of ["9.999999", "1000000000000"]) {
      const problem = expectProblem(await refusal({ customerId, credits }), 422, "amount_out_of_range");
      assert.equal(problem.errors?.[0]?.path, "credits");
    }
    expectProblem(await refusal({ customerId, currency: "eur" }), 422, "currency_mismatch");
    expectProblem(await refusal({ customerId, credits: 0 }), 422, "validation_failed");
    const nobody = await shop.customer({ plan: null });
    expectProblem(await refusal({ customerId: nobody }), 409, "no_active_subscription");
    expectProblem(await refusal({ customerId, creditTypeId: "tokens" }), 409, "no_active_subscription");
    const unsold = await shop.customer({ plan: "hard" });
    expectProblem(await refusal({ customerId: unsold }), 409, "state_conflict");
    for (const unknown of [{ customerId: "nobody" }, { customerId, creditTypeId: "nothing" }]) {
      const problem = expectProblem(await refusal(unknown), 404, "not_found");
      assert.equal(problem.errors?.[0]?.path, Object.keys(unknown).at(-1));
    }
  });
});
