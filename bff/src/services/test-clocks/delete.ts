import type { TestClock } from "@credits-kit/contract";
import {
  customersOnTestClock,
  deleteTestClockRow,
  lockTestClock,
} from "../../storage/customers/test-clocks.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { inUse, MAX_USES } from "../in-use.ts";
import { unknown } from "../unknown.ts";
import { onlyInTest } from "./only-in-test.ts";
import { toTestClock } from "./to-test-clock.ts";

/**
 * Deletes a test clock by which nobody lives.
 * @returns the clock as it was
 * @throws ServiceError `not_found`; `in_use` with customers who live by it; `forbidden` in a live deployment
 */
export async function deleteTestClock(deps: Deps, call: Call, id: string): Promise<TestClock | StoredAnswer> {
  onlyInTest(deps);
  return answerOnce({ deps, call }, { content: { id }, status: 200 }, async (transaction) => {
    // First the lock, then the look: a customer who came before is seen, one who comes after finds no clock.
    const present = await lockTestClock(transaction, id);
    if (!present) throw unknown("test clock");
    const customers = await customersOnTestClock(transaction, id, MAX_USES);
    if (customers.length > 0) {
      throw inUse(
        "test clock",
        customers.map((customerId) => ({ kind: "customer", id: customerId })),
      );
    }
    await deleteTestClockRow(transaction, id);
    return toTestClock(present);
  });
}
