import type { Customer } from "@credits-kit/contract";
import type { CustomerRow } from "../../storage/customers/customers.ts";

export function toCustomer(row: CustomerRow): Customer {
  return {
    id: row.customer_id,
    name: row.name,
    email: row.email,
    metadata: row.metadata,
    testClockId: row.test_clock_id,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
