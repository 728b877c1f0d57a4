import type { CreditType } from "@credits-kit/contract";
import { setCreditTypeArchived } from "../../storage/catalogue/credit-types.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toCreditType } from "./to-credit-type.ts";

/** Brings a credit type back. One that is not archived stays as it is. @throws ServiceError `not_found` */
export async function unarchiveCreditType(
  deps: Deps,
  call: Call,
  id: string,
): Promise<CreditType | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: { id }, status: 200 }, async (transaction) => {
    const row = await setCreditTypeArchived(transaction, { id, archived: false });
    if (!row) throw unknown("credit type");
    return toCreditType(row);
  });
  deps.live.catalogueChanged();
  return answer;
}
