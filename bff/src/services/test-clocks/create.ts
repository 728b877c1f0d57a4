import type { TestClock, TestClockInput } from "@credits-kit/contract";
import { insertTestClock } from "../../storage/customers/test-clocks.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { insertWithId } from "../choose-id.ts";
import { onlyInTest } from "./only-in-test.ts";
import { toTestClock } from "./to-test-clock.ts";

/** Creates a test clock. @throws ServiceError `already_exists`, `forbidden` in a live deployment */
export async function createTestClock(
  deps: Deps,
  call: Call,
  input: TestClockInput,
): Promise<TestClock | StoredAnswer> {
  onlyInTest(deps);
  return answerOnce({ deps, call }, { content: input, status: 201 }, async (transaction) => {
    const { id: given, name = null } = input;
    const choice = { given, name: name ?? "", kind: "test clock" };
    const now = new Date(input.now);
    return toTestClock(await insertWithId(choice, (id) => insertTestClock(transaction, { id, name, now })));
  });
}
