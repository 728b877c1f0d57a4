import { decide, type Entry } from "@credits-kit/engine";
import type { EventCommand, GrantCommand, PoolCommand } from "./command.ts";
import { grantAnswer } from "./grant-answer.ts";
import type { GroupCustomer, WorkingPool } from "./group-customer.ts";
import type { GroupFacts } from "./group-facts.ts";
import type { Precedent } from "./group-precedents.ts";
import type { GroupState } from "./group-state.ts";
import type { EntryPosition, Outcome } from "./outcome.ts";
import { duplicate, idConflict, refused, rejected, rejectedPrice } from "./outcomes.ts";
import type { NoPrice, Price } from "./routing.ts";
import { attributeEvent, attributeGrant, attributeSettlement } from "./attribution.ts";

const LATE_LIMIT_MS = 34 * 24 * 60 * 60 * 1000;
const EARLY_LIMIT_MS = 5 * 60 * 1000;

/**
 * Decides a group's commands one after the other in the order given, on the facts read under the locks. Writes nothing
 * but into the state. A command of a customer that somebody else holds has no outcome: it waits for the next group.
 */
export class GroupDecider {
  readonly #facts: GroupFacts;
  readonly #state: GroupState;

  constructor(facts: GroupFacts, state: GroupState) {
    this.#facts = facts;
    this.#state = state;
  }

  /** @param index the command's place in the group */
  decide(command: PoolCommand, index: number): Outcome | null {
    const customer = this.#facts.customers.get(command.customerId);
    if (!customer?.exists) return rejected("not_found", "customerId", "no such customer");
    if (!customer.isLocked) return null;
    const before = this.#earlier(command, index, customer);
    if (before) return before;
    switch (command.kind) {
      case "event":
        return this.#event(command, customer, this.#facts.prices[index] ?? "no_active_subscription");
      case "grant":
        return this.#grant(command, customer);
      case "settle":
        return this.#settle(customer);
    }
  }

  /** The first outcome of a command that was carried out before, or a conflict when it was another one. */
  #earlier(command: PoolCommand, index: number, customer: GroupCustomer): Outcome | null {
    if (command.id === null) return null;
    const precedent = this.#facts.precedents.get(index);
    if (precedent) return fromPrecedent(command, precedent, customer);
    const twin = customer.precedent(command.id);
    if (!twin) return null;
    if (twin.contentHash !== command.contentHash) return idConflict(command);
    return duplicate(twin, current(customer, twin.entry));
  }

  #event(command: EventCommand, customer: GroupCustomer, price: Price | NoPrice): Outcome {
    const { now } = this.#facts;
    const occurredAt = command.timestamp ?? now;
    if (occurredAt > now + EARLY_LIMIT_MS) {
      return rejected("timestamp_out_of_window", "timestamp", "must be at most 5 minutes ahead");
    }
    if (occurredAt < now - LATE_LIMIT_MS && !command.backfill) {
      return rejected(
        "timestamp_out_of_window",
        "timestamp",
        "must be at most 34 days old, unless backfill is true",
      );
    }
    if (typeof price === "string") return rejectedPrice(price, command, this.#facts.features);
    const working = customer.ensurePool({ creditTypeId: price.creditTypeId, resourceId: command.resourceId });
    const decision = decide(
      working.pool,
      { kind: "consume", amount: price.cost, limit: price.limit, occurredAt },
      now,
    );
    this.#write(working, decision.entries, (entry) =>
      entry.type === "consumed"
        ? attributeEvent(command, this.#userNo(command))
        : attributeSettlement(working, entry),
    );
    working.pool = decision.pool;
    if (decision.refusal) return refused(decision.refusal, working, "quantity");
    return this.#applied(command, customer, { working, entry: decision.entries.at(-1), answer: null });
  }

  #grant(command: GrantCommand, customer: GroupCustomer): Outcome {
    if (!this.#facts.creditTypes.has(command.creditTypeId)) {
      return rejected("not_found", "creditTypeId", "no such credit type");
    }
    const { now } = this.#facts;
    const working = customer.ensurePool(command);
    const decision = decide(
      working.pool,
      {
        kind: "grant",
        grantId: command.grantId,
        amount: command.amount,
        category: command.category,
        priority: command.priority,
        effectiveAt: command.effectiveAt,
        expiresAt: command.expiresAt,
      },
      now,
    );
    const granted = decision.entries.find((entry) => entry.grant?.id === command.grantId);
    this.#write(working, decision.entries, (entry) =>
      entry === granted ? attributeGrant(command) : attributeSettlement(working, entry, granted),
    );
    working.pool = decision.pool;
    working.isRescheduled = true;
    if (decision.refusal || !granted?.grant) return refused(decision.refusal, working, "amount");
    const facts = {
      customerId: command.customerId,
      poolNo: working.poolNo,
      key: granted.seq,
      grantId: command.grantId,
      amount: command.amount,
      category: command.category,
      priority: command.priority,
      effectiveAt: granted.grant.effectiveAt,
      expiresAt: command.expiresAt,
      costBasis: command.costBasis,
      reason: command.reason,
      externalReference: command.externalReference,
      metadata: command.metadata,
      actor: command.actor,
      source: command.source,
      createdAt: now,
    };
    this.#state.grants.push(facts);
    return this.#applied(command, customer, {
      working,
      entry: granted,
      answer: grantAnswer(facts, command, working.pool),
    });
  }

  #settle(customer: GroupCustomer): Outcome {
    for (const working of customer.pools) {
      const decision = decide(working.pool, { kind: "settle" }, this.#facts.now);
      this.#write(working, decision.entries, (entry) => attributeSettlement(working, entry));
      working.pool = decision.pool;
      working.isRescheduled = true;
    }
    return { kind: "settled" };
  }

  #write(
    working: WorkingPool,
    entries: readonly Entry[],
    by: (entry: Entry) => ReturnType<typeof attributeGrant>,
  ) {
    for (const entry of entries) this.#state.write(working, entry, by(entry));
    if (entries.length > 1) working.isRescheduled = true;
  }

  #applied(
    { customerId, id, contentHash }: EventCommand | GrantCommand,
    customer: GroupCustomer,
    { working, entry, answer }: { working: WorkingPool; entry: Entry | undefined; answer: string | null },
  ): Outcome {
    if (!entry) throw new Error("an applied command writes an entry");
    const { creditTypeId, resourceId, poolNo } = working;
    const { seq, delta, endBalance: balance } = entry;
    const position: EntryPosition = { creditTypeId, resourceId, poolNo, seq, delta, balance };
    if (id !== null) {
      this.#state.commands.push({ customerId, id, contentHash, poolNo, seq, answer });
      customer.setPrecedent(id, { contentHash, entry: position, answer });
    }
    return { kind: "applied", entry: position, answer };
  }

  #userNo({ customerId, userId }: EventCommand): number | null {
    return userId === null ? null : this.#facts.users.numberOf({ customerId, userId });
  }
}

function fromPrecedent(
  command: PoolCommand,
  { command: earlier, entry }: Precedent,
  customer: GroupCustomer,
): Outcome {
  if (earlier.contentHash !== command.contentHash) return idConflict(command);
  if (!entry || earlier.poolNo === null || earlier.seq === null) return idConflict(command);
  const { creditTypeId, resourceId, delta, endBalance: balance } = entry;
  const position = { creditTypeId, resourceId, poolNo: earlier.poolNo, seq: earlier.seq, delta, balance };
  return duplicate({ entry: position, answer: earlier.answer }, current(customer, position));
}

/** Where the pool of an earlier entry stands now. */
function current(customer: GroupCustomer, entry: EntryPosition): { balance: bigint; seq: number } {
  const pool = customer.findPool(entry)?.pool ?? entry;
  return { balance: pool.balance, seq: pool.seq };
}
