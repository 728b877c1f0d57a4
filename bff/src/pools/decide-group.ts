import { decide, type Entry } from "@credits-kit/engine";
import type { EventCommand, GrantCommand, PoolCommand, SettleCommand } from "./command.ts";
import { grantAnswer } from "./grant-answer.ts";
import { type GroupFacts, userKey } from "./group-facts.ts";
import type { GroupState, Precedent, WorkingPool } from "./group-state.ts";
import type { Memory } from "./memory.ts";
import type { EntryPosition, Outcome } from "./outcome.ts";
import { duplicate, idConflict, refused, rejected, rejectedPrice } from "./outcomes.ts";
import { attributeEvent, attributeGrant, attributeSettlement } from "./attribution.ts";

const LATE_LIMIT_MS = 34 * 24 * 60 * 60 * 1000;
const EARLY_LIMIT_MS = 5 * 60 * 1000;

/** What became of a command within this group, for those that come after it under the same id. */
interface GroupPrecedent {
  readonly contentHash: string;
  readonly entry: EntryPosition;
  readonly answer: string | null;
}

/**
 * Decides a group's commands one after the other in the order given, on the facts read under the locks. Writes nothing
 * but into the state. A command of a customer that somebody else holds has no outcome: it waits for the next group.
 */
export class GroupDecider {
  readonly #facts: GroupFacts;
  readonly #state: GroupState;
  readonly #memory: Memory;
  readonly #decided = new Map<string, GroupPrecedent>();

  constructor({ facts, state, memory }: { facts: GroupFacts; state: GroupState; memory: Memory }) {
    this.#facts = facts;
    this.#state = state;
    this.#memory = memory;
  }

  decide(command: PoolCommand): Outcome | null {
    if (this.#facts.missing.has(command.customerId)) return rejected("not_found", "customerId", "no such customer");
    if (!this.#facts.locked.has(command.customerId)) return null;
    const before = this.#earlier(command);
    if (before) return before;
    switch (command.kind) {
      case "event":
        return this.#event(command);
      case "grant":
        return this.#grant(command);
      case "settle":
        return this.#settle(command);
    }
  }

  /** The first outcome of a command that was carried out before, or a conflict when it was another one. */
  #earlier(command: PoolCommand): Outcome | null {
    if (command.id === null) return null;
    const precedent = this.#facts.precedents.get(command);
    if (precedent) return this.#fromPrecedent(command, precedent);
    const twin = this.#decided.get(`${command.customerId} ${command.id}`);
    if (!twin) return null;
    if (twin.contentHash !== command.contentHash) return idConflict(command);
    return duplicate(twin, this.#current(command.customerId, twin.entry));
  }

  #fromPrecedent(command: PoolCommand, { command: earlier, entry }: Precedent): Outcome {
    if (earlier.contentHash !== command.contentHash) return idConflict(command);
    if (!entry || earlier.poolNo === null || earlier.seq === null) return idConflict(command);
    const position: EntryPosition = {
      creditTypeId: entry.creditTypeId,
      resourceId: entry.resourceId,
      poolNo: earlier.poolNo,
      seq: earlier.seq,
      delta: entry.delta,
      balance: entry.endBalance,
    };
    return duplicate({ entry: position, answer: earlier.answer }, this.#current(command.customerId, position));
  }

  #current(customerId: string, entry: EntryPosition) {
    const pool = this.#state.findPool({ customerId, ...entry })?.pool;
    return pool ? { balance: pool.balance, seq: pool.seq } : { balance: entry.balance, seq: entry.seq };
  }

  #event(command: EventCommand): Outcome {
    const { now } = this.#facts;
    const occurredAt = command.timestamp ?? now;
    if (occurredAt > now + EARLY_LIMIT_MS) {
      return rejected("timestamp_out_of_window", "timestamp", "must be at most 5 minutes ahead");
    }
    if (occurredAt < now - LATE_LIMIT_MS && !command.backfill) {
      return rejected("timestamp_out_of_window", "timestamp", "must be at most 34 days old, unless backfill is true");
    }
    const price = this.#facts.prices.get(command) ?? "no_active_subscription";
    if (typeof price === "string") return rejectedPrice(price, command, this.#facts.features);
    const { customerId, resourceId } = command;
    const key = { customerId, creditTypeId: price.creditTypeId, resourceId };
    const working = this.#state.ensurePool(key);
    const decision = decide(
      working.pool,
      { kind: "consume", amount: price.cost, limit: price.limit, occurredAt },
      now,
    );
    this.#write(working, decision.entries, (entry) =>
      entry.type === "consumed" ? attributeEvent(command, this.#userNo(command)) : attributeSettlement(working, entry),
    );
    working.pool = decision.pool;
    if (decision.refusal) return refused(decision.refusal, working);
    return this.#applied(command, { working, entry: decision.entries.at(-1), answer: null });
  }

  #grant(command: GrantCommand): Outcome {
    if (!this.#facts.creditTypes.has(command.creditTypeId)) {
      return rejected("not_found", "creditTypeId", "no such credit type");
    }
    const { now } = this.#facts;
    const working = this.#state.ensurePool(command);
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
    this.#state.rescheduled.add(working);
    if (decision.refusal || !granted?.grant) return refused(decision.refusal, working);
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
    return this.#applied(command, { working, entry: granted, answer: grantAnswer(facts, command, working.pool) });
  }

  #settle(command: SettleCommand): Outcome {
    for (const working of this.#state.pools()) {
      if (working.key.customerId !== command.customerId) continue;
      const decision = decide(working.pool, { kind: "settle" }, this.#facts.now);
      this.#write(working, decision.entries, (entry) => attributeSettlement(working, entry));
      working.pool = decision.pool;
      this.#state.rescheduled.add(working);
    }
    return { kind: "settled" };
  }

  #write(working: WorkingPool, entries: readonly Entry[], by: (entry: Entry) => ReturnType<typeof attributeGrant>) {
    for (const entry of entries) this.#state.write(working, entry, by(entry));
    if (entries.length > 1) this.#state.rescheduled.add(working);
  }

  #applied(
    command: EventCommand | GrantCommand,
    { working, entry, answer }: { working: WorkingPool; entry: Entry | undefined; answer: string | null },
  ): Outcome {
    if (!entry) throw new Error("an applied command writes an entry");
    const position: EntryPosition = {
      creditTypeId: working.key.creditTypeId,
      resourceId: working.key.resourceId,
      poolNo: working.poolNo,
      seq: entry.seq,
      delta: entry.delta,
      balance: entry.endBalance,
    };
    if (command.id !== null) {
      const { customerId, id, contentHash } = command;
      this.#state.commands.push({ customerId, id, contentHash, poolNo: working.poolNo, seq: entry.seq, answer });
      this.#decided.set(`${customerId} ${id}`, { contentHash, entry: position, answer });
    }
    return { kind: "applied", entry: position, answer };
  }

  #userNo(command: EventCommand): number | null {
    if (command.userId === null) return null;
    const user = { customerId: command.customerId, userId: command.userId };
    const key = userKey(user);
    const known = this.#memory.userNumbers.get(key) ?? this.#facts.userNumbers.get(key);
    if (known !== undefined) return known;
    const userNo = (this.#facts.lastUserNo.get(user.customerId) ?? 0) + 1;
    this.#facts.lastUserNo.set(user.customerId, userNo);
    this.#facts.userNumbers.set(key, userNo);
    this.#state.newUsers.push({ ...user, userNo });
    return userNo;
  }
}
