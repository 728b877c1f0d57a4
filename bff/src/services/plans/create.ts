import type { FieldError, Plan, PlanInput } from "@credits-kit/contract";
import { validationError } from "../../field-errors.ts";
import { keepCreditTypeUsable } from "../../storage/catalogue/credit-types.ts";
import { keepFeaturesUsable } from "../../storage/catalogue/features.ts";
import { insertPlan } from "../../storage/catalogue/plans.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { insertWithId } from "../choose-id.ts";
import { checkFormulas, missing, unknownFeatures } from "./check-rates.ts";
import { toPlan } from "./to-plan.ts";

/**
 * Creates a plan in its first version.
 * @throws ServiceError `already_exists`; `not_found` naming each feature or credit type that is unknown or archived;
 * `validation_failed` naming each formula that is none
 */
export async function createPlan(deps: Deps, call: Call, input: PlanInput): Promise<Plan | StoredAnswer> {
  checkFormulas(input.rates);
  const answer = await answerOnce({ deps, call }, { content: input, status: 201 }, async (transaction) => {
    await checkReferences(transaction, input);
    const choice = { given: input.id, name: input.name, kind: "plan" };
    return toPlan(await insertWithId(choice, (id) => insertPlan(transaction, { id, input })));
  });
  deps.live.catalogueChanged();
  return answer;
}

async function checkReferences(transaction: Transaction, input: PlanInput): Promise<void> {
  const errors: FieldError[] = [];
  if (!(await keepCreditTypeUsable(transaction, input.creditTypeId)))
    errors.push(missing("creditTypeId", "credit type"));
  const rated = input.rates.map((rate) => rate.featureId);
  errors.push(...unknownFeatures(input.rates, await keepFeaturesUsable(transaction, rated)));
  if (errors.length > 0) throw validationError(errors);
}
