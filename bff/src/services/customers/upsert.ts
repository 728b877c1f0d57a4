import type { Customer, CustomerUpsert } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { findCustomer, insertCustomer, updateCustomer } from "../../storage/customers/customers.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { toCustomer } from "./to-customer.ts";

/** Creates the customer, or changes what is given of it; what is left out stays. */
export async function upsertCustomer(
  deps: Deps,
  call: Call,
  { id, fields }: { id: string; fields: CustomerUpsert },
): Promise<Customer | StoredAnswer> {
  const options = { content: fields, status: 200, customerId: id };
  return answerOnce({ deps, call }, options, async (transaction) =>
    toCustomer(await upsert(transaction, id, fields)),
  );
}

async function upsert(transaction: Transaction, id: string, fields: CustomerUpsert) {
  const created = await insertCustomer(transaction, { id, fields });
  if (created) return created;
  const changes = Object.values(fields).some((value) => value !== undefined);
  const present = changes
    ? await updateCustomer(transaction, { id, fields })
    : await findCustomer(transaction, id);
  if (present) return present;
  throw new ServiceError(
    "already_exists",
    "This id cannot be used: its routing part belongs to another customer.",
  );
}
