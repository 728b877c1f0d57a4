import { attributeGrant } from "../attribution.ts";
import type { GrantCommand } from "../command.ts";
import { viewGrant } from "../grant-view.ts";
import type { Outcome } from "../outcome.ts";
import { refused, rejected } from "../outcomes.ts";
import { type Deciding, positionOf, type Turn } from "./deciding.ts";
import { give } from "./give.ts";

/** Gives credits: spendable at once, later, or once they are paid. */
export function decideGrant(deciding: Deciding, turn: Turn<GrantCommand>): Outcome {
  const { command, customer } = turn;
  if (!deciding.facts.creditTypes.has(command.creditTypeId)) {
    return rejected("not_found", "creditTypeId", "no such credit type");
  }
  const working = customer.ensurePool(command);
  const { grantId, amount, category, priority, effectiveAt, expiresAt, isPaymentPending } = command;
  const { costBasis, reason, externalReference, metadata, actor, source } = command;
  const terms = { grantId, amount, category, priority, effectiveAt, expiresAt, isPaymentPending };
  const facts = { costBasis, reason, externalReference, metadata, actor, source };
  const given = give(deciding, working, {
    grant: { ...terms, ...facts, asOf: null },
    by: attributeGrant(command),
  });
  if (given.refusal !== null) return refused(given.refusal, working, "amount");
  const answer = JSON.stringify(viewGrant(given.record, customer.now));
  return deciding.applied(turn, positionOf(working, given.entry), answer);
}
