import type { PoolCommand } from "./command.ts";
import { decideConsume } from "./deciding/consume.ts";
import { Deciding } from "./deciding/deciding.ts";
import { decideEvent } from "./deciding/event.ts";
import { decideGrant } from "./deciding/grant.ts";
import { decideGranted } from "./deciding/granted.ts";
import { decideHold } from "./deciding/hold.ts";
import { decidePlaceHold } from "./deciding/place-hold.ts";
import { decideReverse } from "./deciding/reverse.ts";
import { by } from "./attribution.ts";
import type { GroupCustomer } from "./group-customer.ts";
import type { GroupFacts } from "./group-facts.ts";
import type { Precedent } from "./group-precedents.ts";
import type { GroupState } from "./group-state.ts";
import type { EntryPosition, Outcome } from "./outcome.ts";
import { duplicate, idConflict, readDenial, rejected } from "./outcomes.ts";
import { bringUpToDate } from "./recurring/bring-up-to-date.ts";
import { carryOver } from "./recurring/carry-over.ts";

/**
 * Decides a group's commands one after the other in the order given, on the facts read under the locks. Writes nothing
 * but into the state. A command that has no outcome waits for the next group: somebody else holds its customer, or what
 * it is about was read before this very group changed it. What the same customer asks after it waits too.
 */
export class GroupDecider {
  readonly #deciding: Deciding;

  constructor(facts: GroupFacts, state: GroupState) {
    this.#deciding = new Deciding(facts, state, carryOver);
  }

  /** Carries out what recurs for the group's customers by now; before any command of theirs. */
  begin(): void {
    const { facts } = this.#deciding;
    for (const customer of facts.customers.values()) {
      if (customer.isLocked) bringUpToDate(this.#deciding, customer);
    }
  }

  /** @param index the command's place in the group */
  decide(command: PoolCommand, index: number): Outcome | null {
    const { facts } = this.#deciding;
    const customer = facts.customers.get(command.customerId);
    if (!customer?.exists) return rejected("not_found", "customerId", "no such customer");
    if (!customer.isLocked || customer.isDeferred) return null;
    const outcome =
      earlierOutcome(command, customer, facts.precedents.get(index)) ??
      this.#decideNew(command, customer, index);
    if (outcome === null) customer.isDeferred = true;
    return outcome;
  }

  #decideNew(command: PoolCommand, customer: GroupCustomer, index: number): Outcome | null {
    const deciding = this.#deciding;
    switch (command.kind) {
      case "event":
        return decideEvent(deciding, { command, customer, index });
      case "consume":
        return decideConsume(deciding, { command, customer, index });
      case "place_hold":
        return decidePlaceHold(deciding, { command, customer, index });
      case "capture_hold":
      case "release_hold":
      case "extend_hold":
        return decideHold(deciding, { command, customer, index });
      case "grant":
        return decideGrant(deciding, { command, customer, index });
      case "update_grant":
      case "revoke_grant":
      case "confirm_payment":
      case "freeze_grant":
      case "unfreeze_grant":
        return decideGranted(deciding, { command, customer, index });
      case "reverse_event":
        return decideReverse(deciding, { command, customer, index });
      case "settle":
        for (const working of customer.pools) {
          deciding.carryOut(working, { kind: "settle" }, { types: [], by: by(command) });
        }
        return { kind: "settled" };
    }
  }
}

/** The first outcome of a command that was carried out before, or a conflict when it was another one. */
function earlierOutcome(
  command: PoolCommand,
  customer: GroupCustomer,
  precedent: Precedent | undefined,
): Outcome | null {
  if (command.id === null) return null;
  const twin = precedent ? fromPrecedent(precedent) : customer.precedent(command.id);
  if (!twin) return null;
  const { contentHash, entry, answer } = twin;
  if (contentHash !== command.contentHash) return idConflict(command);
  if (entry !== null) return duplicate({ entry, answer }, current(customer, entry));
  return answer === null ? idConflict(command) : readDenial(answer);
}

function fromPrecedent({ command: earlier, entry }: Precedent) {
  const { contentHash, answer, poolNo, seq } = earlier;
  if (!entry || poolNo === null || seq === null) return { contentHash, answer, entry: null };
  const { creditTypeId, resourceId, delta, endBalance: balance } = entry;
  return { contentHash, answer, entry: { creditTypeId, resourceId, poolNo, seq, delta, balance } };
}

/** Where the pool of an earlier entry stands now. */
function current(customer: GroupCustomer, entry: EntryPosition): { balance: bigint; seq: number } {
  const pool = customer.findPool(entry)?.pool ?? entry;
  return { balance: pool.balance, seq: pool.seq };
}
