import type { GrantFacts } from "../../storage/pools/grant-record.ts";
import { attributeGrant } from "../attribution.ts";
import type { GrantCommand } from "../command.ts";
import { recordAfter, recordOf, viewGrant } from "../grant-view.ts";
import type { Outcome } from "../outcome.ts";
import { refused, rejected } from "../outcomes.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";
import { grantAfter } from "./grant-after.ts";

/** Gives credits: spendable at once, later, or once they are paid. */
export function decideGrant(deciding: Deciding, turn: Turn<GrantCommand>): Outcome {
  const { command, customer } = turn;
  const { creditTypes } = deciding.facts;
  const { now } = customer;
  if (!creditTypes.has(command.creditTypeId)) {
    return rejected("not_found", "creditTypeId", "no such credit type");
  }
  const working = customer.ensurePool(command);
  const { grantId, amount, category, priority, effectiveAt, expiresAt, isPaymentPending } = command;
  const terms = { grantId, amount, category, priority, effectiveAt, expiresAt, isPaymentPending };
  const decision = deciding.carryOut(
    working,
    { kind: "grant", ...terms },
    { types: ["granted"], by: attributeGrant(command) },
  );
  if (decision.refusal !== null) return refused(decision.refusal, working, "amount");
  const granted = decision.entries.find((entry) => entry.grant?.id === grantId);
  if (!granted?.grant) throw new Error("a grant that was not refused writes its entry");
  const { key } = granted.grant;
  const facts: GrantFacts = {
    customerId: command.customerId,
    poolNo: working.poolNo,
    key,
    grantId,
    amount,
    category,
    priority,
    effectiveAt: granted.grant.effectiveAt,
    expiresAt,
    costBasis: command.costBasis,
    reason: command.reason,
    externalReference: command.externalReference,
    metadata: command.metadata,
    actor: command.actor,
    source: command.source,
    createdAt: now,
  };
  deciding.state.grants.push(facts);
  const record = recordAfter(recordOf(facts, working), decision, grantAfter(working, decision, { key }));
  const answer = JSON.stringify(viewGrant(record, now));
  return deciding.applied(turn, positionOf(working, granted), answer);
}
