import type { CreditType, CreditTypeInput } from "@credits-kit/contract";
import { insertCreditType } from "../../storage/catalogue/credit-types.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { insertWithId } from "../choose-id.ts";
import { toCreditType } from "./to-credit-type.ts";

/** Creates a credit type. @throws ServiceError `already_exists` */
export async function createCreditType(
  deps: Deps,
  call: Call,
  input: CreditTypeInput,
): Promise<CreditType | StoredAnswer> {
  const answer = await answerOnce({ deps, call }, { content: input, status: 201 }, async (transaction) => {
    const choice = { given: input.id, name: input.name, kind: "credit type" };
    return toCreditType(await insertWithId(choice, (id) => insertCreditType(transaction, { id, input })));
  });
  deps.live.catalogueChanged();
  return answer;
}
