import { keepTestClock } from "../../storage/customers/test-clocks.ts";
import type { Transaction } from "../../storage/transaction.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { onlyInTest } from "./only-in-test.ts";

/**
 * Makes sure that the test clock that a customer is put on is there and stays, until the transaction ends. None is fine.
 * @throws ServiceError `not_found`, `forbidden` in a live deployment
 */
export async function keepNamedClock(
  deps: Deps,
  transaction: Transaction,
  id: string | null | undefined,
): Promise<void> {
  if (id === null || id === undefined) return;
  onlyInTest(deps);
  if (!(await keepTestClock(transaction, id))) throw unknown("test clock", "testClockId");
}
