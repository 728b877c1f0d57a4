import { describe, test } from "node:test";
import { assertRefused, invalid, taken } from "../test-support/reading.ts";
import { creditTypeChange, creditTypeInput, featureChange } from "./catalogue.ts";

const creditType = { name: "AI Tokens", unit: { singular: "token", plural: "tokens" } };

describe("a credit type", () => {
  test("warns at amounts or percentages, and at no more than five of them", () => {
    taken(creditTypeInput, { ...creditType, lowBalanceThresholds: ["100", "20%", "0.5", "12.5%"] });
    for (const threshold of ["", "-1", "20 %", "%", "1e3", "٢٠%", "0x10", "1.1234567", "20%%", 100, null]) {
      assertRefused(
        creditTypeInput,
        { ...creditType, lowBalanceThresholds: [threshold] },
        invalid("lowBalanceThresholds.0"),
      );
    }
    const six = Array.from({ length: 6 }, (_, index) => `${index}`);
    assertRefused(
      creditTypeInput,
      { ...creditType, lowBalanceThresholds: six },
      invalid("lowBalanceThresholds"),
    );
  });

  test("warns about a grant at percentages only", () => {
    assertRefused(
      creditTypeInput,
      { ...creditType, grantUsageThresholds: ["80"] },
      invalid("grantUsageThresholds.0"),
    );
  });

  test("tracks at most three dimensions", () => {
    const trackedDimensions = ["a", "b", "c", "d"];
    assertRefused(creditTypeInput, { ...creditType, trackedDimensions }, invalid("trackedDimensions"));
  });

  test("has both forms of its unit", () => {
    assertRefused(creditTypeInput, { ...creditType, unit: { singular: "token" } }, invalid("unit.plural"));
    assertRefused(
      creditTypeInput,
      { ...creditType, unit: { ...creditType.unit, few: "x" } },
      invalid("unit.few"),
    );
  });
});

describe("a change of a credit type or a feature", () => {
  test("changes something", () => {
    for (const schema of [creditTypeChange, featureChange]) assertRefused(schema, {}, invalid(""));
  });

  test("takes away a description, a symbol, the unit of a feature, but no name", () => {
    taken(creditTypeChange, { description: null, symbol: null });
    taken(featureChange, { unit: null });
    assertRefused(creditTypeChange, { name: null, unit: null }, invalid("name"), invalid("unit"));
    assertRefused(featureChange, { name: "" }, invalid("name"));
  });

  test("keeps the id", () => {
    assertRefused(creditTypeChange, { name: "AI", id: "other" }, invalid("id"));
    assertRefused(featureChange, { name: "Image", id: "other" }, invalid("id"));
  });
});
