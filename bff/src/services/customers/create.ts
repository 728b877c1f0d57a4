import type { Customer, CustomerInput } from "@credits-kit/contract";
import { insertCustomer } from "../../storage/customers/customers.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { insertWithId } from "../choose-id.ts";
import { keepNamedClock } from "../test-clocks/keep-named.ts";
import { toCustomer } from "./to-customer.ts";

/**
 * Creates a customer.
 * @throws ServiceError `already_exists`; `not_found` for the test clock, `forbidden` for one in a live deployment
 */
export async function createCustomer(
  deps: Deps,
  call: Call,
  input: CustomerInput,
): Promise<Customer | StoredAnswer> {
  return answerOnce({ deps, call }, { content: input, status: 201 }, async (transaction) => {
    await keepNamedClock(deps, transaction, input.testClockId);
    const choice = { given: input.id, name: input.name ?? "", kind: "customer" };
    return toCustomer(await insertWithId(choice, (id) => insertCustomer(transaction, { id, fields: input })));
  });
}
