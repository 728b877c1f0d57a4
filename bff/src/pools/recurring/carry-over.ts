import type { Decision, Entry, Grant, Pool } from "@credits-kit/engine";
import { rolloverId } from "../../storage/pools/plan-grant-ids.ts";
import type { Deciding } from "../deciding/deciding.ts";
import type { WorkingPool } from "../group-customer.ts";
import { carriageOf } from "./carry.ts";
import { giveByPlan } from "./give-by-plan.ts";

/** Gives again, until the end of the current period, what just expired of a plan's grants and may live on. */
export function carryOver(
  deciding: Deciding,
  working: WorkingPool,
  { before, decision }: { before: Pool; decision: Decision },
): void {
  for (const entry of decision.entries) {
    if (entry.type === "expired") carryEntry(deciding, working, { entry, pool: before });
  }
}

function carryEntry(
  deciding: Deciding,
  working: WorkingPool,
  { entry, pool }: { entry: Entry; pool: Pool },
): void {
  const { customer } = working;
  const at = entry.occurredAt;
  const grant = expiredGrant(entry, pool);
  const carriage = grant && carriageOf(customer, working, { grant, at });
  if (!carriage) return;
  const { subscription, room, isCounted, expiresAt } = carriage;
  const expired = -entry.delta;
  const amount = room !== null && room < expired ? room : expired;
  if (amount <= 0n) return;
  const costBasis = customer.costBases.get(grant.id);
  if (costBasis === undefined) throw new Error(`what grant ${grant.id} is worth was not read`);
  const grantId = rolloverId(grant.id, entry.seq);
  if (isCounted) {
    const { recurrence, subscriptionId } = subscription;
    customer.moveSubscription(subscriptionId, { ...recurrence, carried: recurrence.carried + amount });
  }
  giveByPlan(deciding, working, {
    commandId: `roll:${grantId}`,
    ...{ grantId, amount, priority: grant.priority, costBasis, at, expiresAt },
    source: { kind: "rollover", id: grant.id },
  });
}

/** The grant of an \`expired\` entry, as it was before. */
function expiredGrant({ draws }: Entry, { grants }: Pool): Grant | undefined {
  return grants.find((each) => each.key === draws[0]?.grantKey);
}
