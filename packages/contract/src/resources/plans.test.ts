import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { planChange, planInput } from "./plans.ts";

const plan = { name: "Pro", creditTypeId: "ai-tokens", limit: "hard", rates: [] };
const rate = { featureId: "image", creditsPerUnit: 1 };
const usd = { amount: "0.01", currency: "usd" };
const eur = { amount: "0.01", currency: "eur" };

/** A plan that sells credits like this. */
const selling = (topUp: object) => ({ ...plan, topUp: { prices: [usd, eur], ...topUp } });
const including = (included: object) => ({
  ...plan,
  included: { credits: 100, every: "month", ...included },
});
const rated = (more: object) => ({ ...plan, rates: [{ featureId: "image", ...more }] });

describe("a plan", () => {
  test("rates each feature once", () => {
    taken(planInput, { ...plan, rates: [rate, { ...rate, featureId: "video" }] });
    assertRefused(planInput, { ...plan, rates: [rate, rate] }, invalid("rates"));
  });

  test("has a limit that is hard or soft, and at most 200 rates", () => {
    assertRefused(planInput, { ...plan, limit: "none" }, invalid("limit"));
    const rates = Array.from({ length: 201 }, (_, index) => ({ ...rate, featureId: `f${index}` }));
    assertRefused(planInput, { ...plan, rates }, invalid("rates"));
    taken(planInput, { ...plan, rates: rates.slice(1) });
  });

  test("that sells credits names at least one price", () => {
    assertRefused(planInput, { ...plan, topUp: { prices: [] } }, invalid("topUp.prices"));
    assertRefused(planInput, { ...plan, topUp: {} }, invalid("topUp.prices"));
  });
});

describe("a rate", () => {
  test("is a price, or tiers, or a formula, and only one of them", () => {
    const tiers = [{ upTo: null, creditsPerUnit: 1 }];
    for (const way of [{ creditsPerUnit: "0" }, { tiers }, { formula: "tokens" }])
      taken(planInput, rated(way));
    assertRefused(planInput, rated({}), invalid("rates.0.creditsPerUnit"));
    assertRefused(planInput, rated({ creditsPerUnit: 1, tiers }), invalid("rates.0.tiers"));
    assertRefused(
      planInput,
      rated({ creditsPerUnit: 1, tiers, formula: "1" }),
      invalid("rates.0.tiers"),
      invalid("rates.0.formula"),
    );
  });

  test("has 1 to 50 tiers that ascend, of which the last alone has no end", () => {
    const tiers = (...ends: unknown[]) => rated({ tiers: ends.map((upTo) => ({ upTo, creditsPerUnit: 1 })) });
    taken(planInput, tiers("0.5", 1, null));
    assertRefused(planInput, tiers(), invalid("rates.0.tiers"));
    assertRefused(
      planInput,
      tiers(...Array.from({ length: 50 }, (_, n) => n + 1), null),
      invalid("rates.0.tiers"),
    );
    assertRefused(planInput, tiers(1, 2), invalid("rates.0.tiers.1.upTo"));
    assertRefused(planInput, tiers(null, null), invalid("rates.0.tiers.0.upTo"));
    assertRefused(
      planInput,
      tiers(2, 2, 1, null),
      invalid("rates.0.tiers.1.upTo"),
      invalid("rates.0.tiers.2.upTo"),
    );
    assertRefused(planInput, tiers(0, null), invalid("rates.0.tiers.0.upTo"));
  });

  test("has a formula of at most 500 characters", () => {
    taken(planInput, rated({ formula: "1".padEnd(500) }));
    assertRefused(planInput, rated({ formula: "1".padEnd(501) }), invalid("rates.0.formula"));
    assertRefused(planInput, rated({ formula: 5 }), invalid("rates.0.formula"));
  });
});

describe("credits that come with a plan", () => {
  test("are more than none, by the month or the year, and roll over whole, in part or not at all", () => {
    for (const rollover of ["none", "all", { upTo: "0.5" }]) taken(planInput, including({ rollover }));
    taken(planInput, including({ priority: 0, costBasis: usd, perSeat: true, every: "year" }));
    assertRefused(planInput, including({ credits: 0 }), invalid("included.credits"));
    assertRefused(planInput, including({ every: "week" }), invalid("included.every"));
    assertRefused(planInput, including({ rollover: "some" }), invalid("included.rollover"));
    assertRefused(planInput, including({ rollover: { upTo: 0 } }), invalid("included.rollover.upTo"));
    assertRefused(planInput, including({ priority: -1 }), invalid("included.priority"));
    assertRefused(planInput, including({ costBasis: "1" }), invalid("included.costBasis"));
  });
});

describe("how a plan sells credits", () => {
  test("has a least and a most that leave something between", () => {
    taken(planInput, selling({ min: 5, max: 5 }));
    assertRefused(planInput, selling({ min: 6, max: 5 }), invalid("topUp.max"));
  });

  test("has one price in a currency", () => {
    assertRefused(
      planInput,
      { ...plan, topUp: { prices: [usd, eur, usd] } },
      invalid("topUp.prices.2.currency"),
    );
  });

  test("has packages that somebody can buy, one of a size in a currency", () => {
    const pack = (credits: number, currency: string) => ({ credits, price: { amountMinor: 5, currency } });
    taken(planInput, selling({ packages: [pack(5, "usd"), pack(5, "eur"), pack(6, "usd")] }));
    assertRefused(
      planInput,
      selling({ packages: [pack(5, "jpy")] }),
      invalid("topUp.packages.0.price.currency"),
    );
    assertRefused(
      planInput,
      selling({ packages: [pack(5, "usd"), pack(5, "usd")] }),
      invalid("topUp.packages.1.credits"),
    );
    assertRefused(
      planInput,
      selling({ min: 6, max: 8, packages: [pack(5, "usd"), pack(7, "usd"), pack(9, "usd")] }),
      invalid("topUp.packages.0.credits"),
      invalid("topUp.packages.2.credits"),
    );
  });

  test("has tiers that ascend in each currency, and is in the first where they name none", () => {
    const tier = (upTo: number | null, currency?: string) => ({
      upTo,
      amount: "1",
      ...(currency ? { currency } : {}),
    });
    taken(
      planInput,
      selling({ tiers: [tier(5), tier(3, "eur"), tier(7, "usd"), tier(null, "eur"), tier(null)] }),
    );
    assertRefused(planInput, selling({ tiers: [] }), invalid("topUp.tiers"));
    assertRefused(
      planInput,
      selling({ tiers: [tier(5), tier(3, "eur"), tier(null)] }),
      invalid("topUp.tiers.1.upTo"),
    );
    assertRefused(
      planInput,
      selling({ tiers: [tier(5, "eur"), tier(null), tier(5, "eur"), tier(null, "eur")] }),
      invalid("topUp.tiers.2.upTo"),
    );
    assertRefused(planInput, selling({ tiers: [tier(null, "jpy")] }), invalid("topUp.tiers.0.currency"));
  });

  test("says how long bought credits live in years, months, weeks and days", () => {
    for (const grantExpiresAfter of ["P1Y", "P6M", "P2W", "P30D", "P1Y2M3W4D", "P100Y"]) {
      taken(planInput, selling({ grantExpiresAfter }));
    }
    for (const grantExpiresAfter of [
      "",
      "P",
      "1Y",
      "P1",
      "P0D",
      "P0Y0M",
      "PT1H",
      "P1DT1H",
      "P1.5Y",
      "P101Y",
      "-P1Y",
      "P-1Y",
      "P1M1Y",
      "p1y",
      "P99999D",
      365,
      null,
    ]) {
      assertRefused(planInput, selling({ grantExpiresAfter }), invalid("topUp.grantExpiresAfter"));
    }
  });
});

describe("a change of a plan", () => {
  test("changes something, each field as it is given for a new plan, and takes away by null", () => {
    for (const change of [
      { name: "New" },
      { limit: "soft" },
      { rates: [rate] },
      { topUp: null, included: null },
    ]) {
      taken(planChange, change);
    }
    assertRefused(planChange, {}, invalid(""));
    assertRefused(planChange, { name: "New", id: "other" }, invalid("id"));
    assertRefused(planChange, { name: null, rates: null }, invalid("name"), invalid("rates"));
    assertRefused(planChange, { rates: [rate, rate] }, invalid("rates"));
    assertRefused(planChange, { topUp: { prices: [usd], min: 2, max: 1 } }, invalid("topUp.max"));
  });

  test("does not bring defaults of its own, which would change what was left out", () => {
    assert.deepEqual(taken(planChange, { name: "New" }), { name: "New" });
  });
});
