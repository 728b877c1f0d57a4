import {
  type Command,
  type Decision,
  decide,
  type Entry,
  type EntryType,
  type Pool,
} from "@credits-kit/engine";
import type { Attribution } from "../../storage/pools/insert-group.ts";
import { attributeSettlement } from "../attribution.ts";
import type { PoolCommand } from "../command.ts";
import type { GroupCustomer, WorkingPool } from "../group-customer.ts";
import type { GroupFacts } from "../group-facts.ts";
import type { GroupState } from "../group-state.ts";
import type { EntryPosition, Outcome, Rejected } from "../outcome.ts";
import { keepDenial } from "../outcomes.ts";

/** A command with whose it is and where in the group it stands. */
export interface Turn<Asked extends PoolCommand = PoolCommand> {
  readonly command: Asked;
  readonly customer: GroupCustomer;
  readonly index: number;
}

/** Whom the entries of a command itself are put down to; all others are the clock's, or a rule's. */
export interface Own {
  readonly types: readonly EntryType[];
  readonly by: Attribution;
  /** As of when it is decided, where that is not now: what was due then is made good. */
  readonly at?: number;
}

/** Gives what a decision brings about by itself. */
export type FollowUp = (
  deciding: Deciding,
  working: WorkingPool,
  happened: { readonly before: Pool; readonly decision: Decision },
) => void;

/** What deciding a command stands on, and where it writes. Lives for one transaction. */
export class Deciding {
  readonly facts: GroupFacts;
  readonly state: GroupState;

  readonly #follow: FollowUp;

  constructor(facts: GroupFacts, state: GroupState, follow: FollowUp) {
    this.facts = facts;
    this.state = state;
    this.#follow = follow;
  }

  /**
   * Lets the engine decide, and notes the entries, which stand even if the command is refused, and what follows from them.
   */
  carryOut(working: WorkingPool, command: Command, own: Own): Decision {
    const before = working.pool;
    const decision = decide(before, command, own.at ?? working.customer.now);
    const { entries, settled } = decision;
    entries.forEach((entry, index) => {
      const isOwn = index >= settled && own.types.includes(entry.type) && !isRepayment(entry);
      this.state.write(working, entry, isOwn ? own.by : settlementBy(working, decision, entry));
    });
    if (entries.length > 0) working.isWritten = true;
    if (entries.length > 1 || command.kind !== "consume") working.isRescheduled = true;
    working.pool = decision.pool;
    // A burn that nothing came before has no consequences, and is what comes by the thousands.
    if (entries.length > 1 || command.kind !== "consume") this.#follow(this, working, { before, decision });
    return decision;
  }

  /** Remembers what became of a command that was carried out. `answer` is what a repetition gets. */
  applied({ command, customer }: Turn, entry: EntryPosition, answer: string | null): Outcome {
    const { customerId, id, contentHash } = command;
    if (id !== null) {
      const { poolNo, seq } = entry;
      this.state.commands.push({ customerId, id, contentHash, poolNo, seq, answer });
      customer.setPrecedent(id, { contentHash, entry, answer });
    }
    return { kind: "applied", entry, answer };
  }

  /** Remembers a denial that stands for good: asking again under the same id gets the same. */
  denied({ command, customer }: Turn, rejected: Rejected): Outcome {
    const { customerId, id, contentHash } = command;
    if (id !== null && rejected.code === "insufficient_credits") {
      const answer = keepDenial(rejected);
      this.state.commands.push({ customerId, id, contentHash, poolNo: null, seq: null, answer });
      customer.setPrecedent(id, { contentHash, entry: null, answer });
    }
    return rejected;
  }

  userNoOf(customerId: string, userId: string | null): number | null {
    return userId === null ? null : this.facts.users.numberOf({ customerId, userId });
  }
}

/** The entry of a decision that the command itself is about; the last of its kind. */
export function positionOf(working: WorkingPool, entry: Entry | undefined): EntryPosition {
  if (!entry) throw new Error("an applied command writes an entry");
  const { creditTypeId, resourceId, poolNo } = working;
  return { creditTypeId, resourceId, poolNo, seq: entry.seq, delta: entry.delta, balance: entry.endBalance };
}

/** What a grant repays by itself; a reversal's entry of that type goes the other way. */
function isRepayment({ type, overageChange }: Entry): boolean {
  return type === "overage_repaid" && overageChange < 0n;
}

function settlementBy({ pool }: WorkingPool, { entries, closed }: Decision, entry: Entry): Attribution {
  const { hold, draws, change } = entry;
  if (hold) {
    const placed = pool.holds.find((each) => each.key === hold.key);
    return attributeSettlement(entry, { kind: "hold", id: placed?.id ?? null });
  }
  const key = draws[0]?.grantKey ?? change?.grantKey;
  const grant =
    pool.grants.find((each) => each.key === key) ??
    entries.find((each) => each.grant?.key === key)?.grant ??
    closed.find((each) => each.key === key);
  return attributeSettlement(entry, { kind: "grant", id: grant?.id ?? null });
}
