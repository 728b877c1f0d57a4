import type { Plan, PlanChange } from "@credits-kit/contract";
import { fieldError, validationError } from "../../field-errors.ts";
import { keepFeaturesUsable } from "../../storage/catalogue/features.ts";
import { insertNextVersion, lockPlan } from "../../storage/catalogue/plans.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { checkFormulas, unknownFeatures } from "./check-rates.ts";
import { toPlan } from "./to-plan.ts";

/**
 * Makes a new version of a plan: what is left out stays as in the one before. Who is subscribed stays on theirs, and what
 * was priced stays priced. Of two at once, one follows the other, and neither is lost.
 * @throws ServiceError `not_found` for the plan, or naming features; `validation_failed` for another credit type, or a
 * formula that is none
 */
export async function updatePlan(
  deps: Deps,
  call: Call,
  { id, change }: { id: string; change: PlanChange },
): Promise<Plan | StoredAnswer> {
  const { rates = [], creditTypeId } = change;
  checkFormulas(rates);
  const options = { content: { id, change }, status: 200 };
  const answer = await answerOnce({ deps, call }, options, async (transaction) => {
    const last = await lockPlan(transaction, id);
    if (!last) throw unknown("plan");
    if (creditTypeId !== undefined && creditTypeId !== last.credit_type_id) {
      throw fieldError(
        "creditTypeId",
        `must stay ${last.credit_type_id}: another credit type is another plan`,
      );
    }
    // Features that were rated before are in use by this plan, and so cannot have been archived.
    const rated = rates.map(({ featureId }) => featureId);
    const errors = unknownFeatures(rates, await keepFeaturesUsable(transaction, rated));
    if (errors.length > 0) throw validationError(errors);
    return toPlan(await insertNextVersion(transaction, last, change));
  });
  deps.live.catalogueChanged();
  return answer;
}
