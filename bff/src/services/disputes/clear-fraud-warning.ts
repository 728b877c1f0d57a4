import type { TopUp, TopUpClearFraudWarning } from "@credits-kit/contract";
import { ServiceError } from "../../errors.ts";
import { repairFindings } from "../../storage/payments/findings.ts";
import { historiesOf, lockTopUp, moveTopUp, type TopUpRow } from "../../storage/payments/top-ups.ts";
import { inTransaction } from "../../storage/transaction.ts";
import { answerClaimed } from "../answer-claimed.ts";
import type { Call, Deps, StoredAnswer } from "../call.ts";
import { settleReversals } from "../refunds/settle.ts";
import { needTopUp } from "../top-ups/get.ts";
import { viewTopUp } from "../top-ups/view.ts";

/**
 * Says that a payment is sound although its card's issuer warned of fraud: credits that were frozen for it are back, unless
 * a dispute keeps them, and the warning is no longer listed. Who said so and why is kept before anything else happens.
 * @throws ServiceError `not_found`; `state_conflict` for an order that nobody warned of
 */
export async function clearFraudWarning(
  deps: Deps,
  call: Call,
  { id, input }: { id: string; input: TopUpClearFraudWarning },
): Promise<TopUp | StoredAnswer> {
  const { customer_id: customerId } = await needTopUp(deps, id);
  return answerClaimed({ deps, call }, { content: { id, ...input }, status: 200, customerId }, async () => {
    const order = await noteCleared(deps, call, { order: await needTopUp(deps, id), reason: input.reason });
    await settleReversals(deps, order);
    const findingId = `early_fraud_warning:${order.payment_intent_id ?? ""}`;
    await repairFindings(deps.database.writer, { findingId });
    const history = await historiesOf(deps.database.writer, customerId, [id]);
    return viewTopUp(deps, { order: await needTopUp(deps, id), seen: null }, history);
  });
}

/** Asked again, it is cleared already, and what a crash left is done. */
function noteCleared(
  { database, now }: Deps,
  { actor: { kind, id } }: Call,
  { order: known, reason }: { order: TopUpRow; reason: string },
): Promise<TopUpRow> {
  return inTransaction(database, async (transaction) => {
    const order = (await lockTopUp(transaction, known)) ?? known;
    if (order.fraud_warning_id === null)
      throw new ServiceError("state_conflict", "Nobody has warned of fraud about this order.");
    if (order.fraud_cleared_at !== null) return order;
    const step = { cause: "fraud_warning_cleared", actor: { kind, id }, reason };
    const change = { status: order.status, fraud_cleared_at: new Date(now()) };
    return moveTopUp(transaction, order, { change, step });
  });
}
