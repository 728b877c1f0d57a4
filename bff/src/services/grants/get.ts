import type { Grant } from "@credits-kit/contract";
import { findCustomerOf } from "../../storage/customers/customers.ts";
import { viewGrant } from "../../pools/grant-view.ts";
import { findGrantRecord } from "../../storage/pools/read-grants.ts";
import { settleDue } from "../balances/settle-due.ts";
import type { Call, Deps } from "../call.ts";
import { unknown } from "../unknown.ts";
import { withPayments } from "./with-payments.ts";

/** Reads a grant, as it stands now. @throws ServiceError `not_found` */
export async function getGrant(deps: Deps, call: Call, grantId: string): Promise<Grant> {
  const { writer } = deps.database;
  const customerId = await findCustomerOf(writer, grantId);
  if (customerId === null) throw unknown("grant");
  await settleDue(deps, customerId, call);
  const seen = await findGrantRecord(writer, customerId, grantId);
  if (!seen) throw unknown("grant");
  const [grant] = await withPayments(deps, customerId, [viewGrant(seen.record, seen.now)]);
  if (!grant) throw unknown("grant");
  return grant;
}
