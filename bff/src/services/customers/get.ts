import type { Customer } from "@credits-kit/contract";
import { findCustomer } from "../../storage/customers/customers.ts";
import type { Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toCustomer } from "./to-customer.ts";

/** Reads a customer. @throws ServiceError `not_found` */
export async function getCustomer(deps: Deps, id: string): Promise<Customer> {
  const row = await findCustomer(deps.database.writer, id);
  if (!row) throw unknown("customer");
  return toCustomer(row);
}
