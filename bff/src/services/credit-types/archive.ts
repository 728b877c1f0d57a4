import type { CreditType } from "@credits-kit/contract";
import { lockCreditType, setCreditTypeArchived } from "../../storage/catalogue/credit-types.ts";
import { usesInPlans, type Use } from "../../storage/catalogue/uses.ts";
import { customersHolding } from "../../storage/pools/read-uses.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { inUse, MAX_USES } from "../in-use.ts";
import { unknown } from "../unknown.ts";
import { toCreditType } from "./to-credit-type.ts";

/**
 * Archives a credit type that nothing uses: it can no longer be granted, burned directly or named by a plan. One that
 * is archived already stays as it is.
 * @throws ServiceError `not_found`; `in_use` with the plans, subscriptions and customers that use it
 */
export async function archiveCreditType(
  deps: Deps,
  call: Call,
  id: string,
): Promise<CreditType | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: { id }, status: 200 }, async (transaction) => {
    // First the lock, then the look: a grant that came before is seen, one that comes after finds it archived.
    const present = await lockCreditType(transaction, id);
    if (!present) throw unknown("credit type");
    if (present.archived_at !== null) return toCreditType(present);
    const uses = await usesOf(transaction, id);
    if (uses.length > 0) throw inUse("credit type", uses);
    const row = await setCreditTypeArchived(transaction, { id, archived: true });
    if (!row) throw unknown("credit type");
    return toCreditType(row);
  });
  deps.live.catalogueChanged();
  return answer;
}

async function usesOf(transaction: Transaction, creditTypeId: string): Promise<Use[]> {
  const uses = await usesInPlans(transaction, { creditTypeId }, MAX_USES);
  if (uses.length === MAX_USES) return uses;
  const customers = await customersHolding(transaction, creditTypeId, MAX_USES - uses.length);
  return [...uses, ...customers.map((customerId) => ({ kind: "customer" as const, id: customerId }))];
}
