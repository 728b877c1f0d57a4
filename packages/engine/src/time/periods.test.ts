import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { periodNumberAt, periodStart } from "./periods.ts";

const day = (text: string) => Date.parse(`${text}T10:30:00Z`);
const starts = (anchor: string, every: "month" | "year", count: number) =>
  Array.from({ length: count }, (_, number) =>
    new Date(periodStart({ anchorAt: day(anchor), every }, number)).toISOString().slice(0, 10),
  );

describe("periods are counted from their anchor", () => {
  test("what began on the 31st comes back to it", () => {
    assert.deepEqual(starts("2026-01-31", "month", 5), [
      "2026-01-31",
      "2026-02-28",
      "2026-03-31",
      "2026-04-30",
      "2026-05-31",
    ]);
  });

  test("a leap day comes back to itself", () => {
    assert.deepEqual(starts("2024-02-29", "year", 5), [
      "2024-02-29",
      "2025-02-28",
      "2026-02-28",
      "2027-02-28",
      "2028-02-29",
    ]);
  });

  test("the 29th, 30th and 31st of January begin their second period in February", () => {
    for (const first of ["29", "30", "31"]) {
      assert.equal(starts(`2026-01-${first}`, "month", 2)[1], "2026-02-28");
    }
  });

  test("a period begins at its start and ends before the next one", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: day("2020-01-01"), max: day("2030-01-01") }),
        fc.constantFrom("month" as const, "year" as const),
        fc.integer({ min: -30, max: 60 }),
        (anchorAt, every, number) => {
          const periods = { anchorAt, every };
          const start = periodStart(periods, number);
          assert.equal(periodNumberAt(periods, start), number);
          assert.equal(periodNumberAt(periods, start - 1), number - 1);
        },
      ),
    );
  });
});
