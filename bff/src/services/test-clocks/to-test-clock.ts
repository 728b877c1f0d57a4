import type { TestClock } from "@credits-kit/contract";
import type { TestClockRow } from "../../storage/customers/test-clocks.ts";

export function toTestClock(row: TestClockRow): TestClock {
  return {
    id: row.test_clock_id,
    name: row.name,
    now: row.now.toISOString(),
    createdAt: row.created_at.toISOString(),
    advancedAt: row.advanced_at.toISOString(),
  };
}
