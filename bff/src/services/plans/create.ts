import type { FieldError, Plan, PlanInput } from "@credits-kit/contract";
import { validationError } from "../../field-errors.ts";
import { keepCreditTypeUsable } from "../../storage/catalogue/credit-types.ts";
import { keepFeaturesUsable } from "../../storage/catalogue/features.ts";
import { insertPlan } from "../../storage/catalogue/plans.ts";
import type { Transaction } from "../../storage/transaction.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { insertWithId } from "../choose-id.ts";
import { toPlan } from "./to-plan.ts";

/**
 * Creates a plan in its first version.
 * @throws ServiceError `already_exists`; `not_found` naming each feature or credit type that is unknown or archived; `validation_failed`
 */
export async function createPlan(deps: Deps, call: Call, input: PlanInput): Promise<Plan | StoredAnswer> {
  checkTopUp(input.topUp);
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
  const usable = await keepFeaturesUsable(
    transaction,
    input.rates.map((rate) => rate.featureId),
  );
  for (const [index, { featureId }] of input.rates.entries()) {
    if (!usable.has(featureId)) errors.push(missing(`rates.${index}.featureId`, "feature"));
  }
  if (errors.length > 0) throw validationError(errors);
}

function checkTopUp(topUp: PlanInput["topUp"]): void {
  if (!topUp) return;
  const { min, max, prices } = topUp;
  const errors: FieldError[] = [];
  if (min !== undefined && max !== undefined && min > max)
    errors.push(invalid("topUp.max", "must be at least min"));
  const currencies = new Set<string>();
  for (const [index, { currency }] of prices.entries()) {
    if (currencies.has(currency))
      errors.push(invalid(`topUp.prices.${index}.currency`, "has a price already"));
    currencies.add(currency);
  }
  if (errors.length > 0) throw validationError(errors);
}

function missing(path: string, kind: string): FieldError {
  return { path, code: "not_found", message: `names a ${kind} that does not exist` };
}

function invalid(path: string, message: string): FieldError {
  return { path, code: "validation_failed", message };
}
