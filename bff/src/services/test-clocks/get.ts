import type { TestClock } from "@credits-kit/contract";
import { findTestClock } from "../../storage/customers/test-clocks.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { onlyInTest } from "./only-in-test.ts";
import { toTestClock } from "./to-test-clock.ts";

/** Reads a test clock. @throws ServiceError `not_found`, `forbidden` in a live deployment */
export async function getTestClock(deps: Deps, id: string): Promise<TestClock> {
  onlyInTest(deps);
  const row = await findTestClock(deps.database.writer, id);
  if (!row) throw unknown("test clock");
  return toTestClock(row);
}
