import type { CreditType, CreditTypeChange } from "@credits-kit/contract";
import { updateCreditTypeRow } from "../../storage/catalogue/credit-types.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { toCreditType } from "./to-credit-type.ts";

/** Changes what is given of a credit type; what is left out stays. @throws ServiceError `not_found` */
export async function updateCreditType(
  deps: Deps,
  call: Call,
  input: { id: string; change: CreditTypeChange },
): Promise<CreditType | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: input, status: 200 }, async (transaction) => {
    const row = await updateCreditTypeRow(transaction, input);
    if (!row) throw unknown("credit type");
    return toCreditType(row);
  });
  deps.live.catalogueChanged();
  return answer;
}
