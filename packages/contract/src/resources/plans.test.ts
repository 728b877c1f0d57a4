import { describe, test } from "node:test";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { planInput } from "./plans.ts";

const plan = { name: "Pro", creditTypeId: "ai-tokens", limit: "hard", rates: [] };
const rate = { featureId: "image", creditsPerUnit: 1 };

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
