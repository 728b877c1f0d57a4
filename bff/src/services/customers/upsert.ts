import type { Customer, CustomerUpsert } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { fieldError } from "../../field-errors.ts";
import { findCustomer, insertCustomer, updateCustomer } from "../../storage/customers/customers.ts";
import { isClockRefused } from "../../storage/customers/test-clocks.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { keepNamedClock } from "../test-clocks/keep-named.ts";
import { toCustomer } from "./to-customer.ts";

/**
 * Creates the customer, or changes what is given of it; what is left out stays.
 * @throws ServiceError `not_found` for the test clock, `forbidden` for one in a live deployment, `state_conflict` for
 * another one than the customer's entries were written by
 */
export async function upsertCustomer(
  deps: Deps,
  call: Call,
  { id, fields }: { id: string; fields: CustomerUpsert },
): Promise<Customer | StoredAnswer> {
  const options = { content: fields, status: 200, customerId: id };
  return answerOnce({ deps, call }, options, async (transaction) => {
    await keepNamedClock(deps, transaction, fields.testClockId);
    return toCustomer(await upsert(transaction, id, fields));
  });
}

async function upsert(transaction: Transaction, id: string, fields: CustomerUpsert) {
  const created = await insertCustomer(transaction, { id, fields });
  if (created) return created;
  const changes = Object.values(fields).some((value) => value !== undefined);
  const present = changes ? await update(transaction, id, fields) : await findCustomer(transaction, id);
  if (present) return present;
  throw new ServiceError(
    "already_exists",
    "This id cannot be used: its routing part belongs to another customer.",
  );
}

async function update(transaction: Transaction, id: string, fields: CustomerUpsert) {
  try {
    return await updateCustomer(transaction, { id, fields });
  } catch (error) {
    if (!isClockRefused(error)) throw error;
    throw fieldError(
      "testClockId",
      "cannot change any more: the customer has entries, and keeps the clock that they were written by",
      "state_conflict",
    );
  }
}
