import { type AutoTopUp, type AutoTopUpInput, collectionMethodOf } from "@credits-kit/contract";
import { deleteRule, lockRule } from "../../storage/auto-top-ups/rules.ts";
import { answerOnce } from "../answer-once.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { unknown } from "../unknown.ts";
import { checkMeans, setRule } from "./put.ts";
import { type AskedPool, catchUpPool, needRule, poolKeyOf } from "./read.ts";
import { lift } from "./standing.ts";
import { viewRule } from "./view.ts";

/** Sets the rule of a pool, whole. What is due by it is bought at once. @throws ServiceError as `checkMeans`, `setRule` */
export async function putAutoTopUp(
  deps: Deps,
  call: Call,
  { asked, input }: { asked: AskedPool; input: AutoTopUpInput },
): Promise<AutoTopUp | StoredAnswer> {
  const key = poolKeyOf(asked);
  const rule = {
    ...input,
    collectionMethod: collectionMethodOf(input),
    daysUntilDue: input.daysUntilDue ?? null,
    paymentMethodId: input.paymentMethodId ?? null,
    consentedAt: null,
  };
  await checkMeans(deps, key, rule);
  const { customerId } = asked;
  const options = { content: { asked, input }, status: 200, customerId };
  const answer = await answerOnce({ deps, call }, options, async (transaction) =>
    viewRule(deps, transaction, await setRule(transaction, key, rule)),
  );
  deps.autoTopUpsChanged?.(customerId);
  return answer;
}

/** Takes a rule away. @returns it as it was @throws ServiceError `not_found` */
export async function deleteAutoTopUp(
  deps: Deps,
  call: Call,
  asked: AskedPool,
): Promise<AutoTopUp | StoredAnswer> {
  const key = poolKeyOf(asked);
  const { customerId } = asked;
  const options = { content: asked, status: 200, customerId };
  const answer = await answerOnce({ deps, call }, options, async (transaction) => {
    const rule = await lockRule(transaction, key);
    if (!rule) throw unknown("auto top-up");
    const view = await viewRule(deps, transaction, rule);
    await deleteRule(transaction, key);
    return view;
  });
  deps.autoTopUpsChanged?.(customerId);
  return answer;
}

/** Lets a rule that stopped or waits after a failure try again at once. @throws ServiceError `not_found` */
export async function resumeAutoTopUp(
  deps: Deps,
  call: Call,
  asked: AskedPool,
): Promise<AutoTopUp | StoredAnswer> {
  const key = poolKeyOf(asked);
  const { customerId } = asked;
  await needRule(deps, key);
  await catchUpPool(deps, key);
  const options = { content: asked, status: 200, customerId };
  const answer = await answerOnce({ deps, call }, options, async (transaction) => {
    const rule = await lockRule(transaction, key);
    if (!rule) throw unknown("auto top-up");
    await lift(transaction, rule, { cause: "resumed" });
    return viewRule(deps, transaction, (await lockRule(transaction, key)) ?? rule);
  });
  deps.autoTopUpsChanged?.(customerId);
  return answer;
}
