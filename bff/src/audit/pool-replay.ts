import { decide, type Decision, type Entry, type Pool } from "@credits-kit/engine";
import type { AuditedEntry } from "../storage/audit/read-entries.ts";
import { causeOf, milliseconds } from "./cause-of.ts";
import type { ReplayedState } from "./checkpoint-state.ts";
import { compareEntry, mismatch, type Mismatch, told } from "./compare-entry.ts";
import { LeftGrants } from "./left-grants.ts";
import { NOTHING_ARCHIVED, type ReplayOpening } from "./replay-opening.ts";
import { StandingTerms } from "./standing-terms.ts";

/** What a pool was after an entry of it. */
export interface StateAt {
  readonly seq: number;
  readonly state: ReplayedState;
}

/**
 * Replays one pool through the engine (I-13): each stored entry must be the one that the engine makes of its cause, at
 * the moment at which it was decided. After the first that is not, nothing can be said of the others, and the replay
 * stops.
 */
export class PoolReplay {
  readonly #opening: ReplayOpening;
  /** As the last decision left it. */
  #pool: Pool;
  readonly #left: LeftGrants;
  readonly #terms: StandingTerms;
  /** What the last decision still has to be followed by. */
  #due: readonly Entry[] = [];
  /** Until when time went on in the last decision, where that was a settlement: all that fell due by then is written. */
  #settlingUntil: number | null = null;
  /** The entry at hand: what it came from may only show in the one that follows it. */
  #stored: AuditedEntry | null = null;
  #stopped = false;
  readonly #wanted: ReadonlySet<string>;
  #kept: StateAt | null = null;

  /** @param wanted entries, by number, after which the state is to be kept; the last one counts */
  constructor(opening = NOTHING_ARCHIVED, wanted: ReadonlySet<string> = new Set()) {
    this.#opening = opening;
    this.#pool = opening.pool;
    this.#left = new LeftGrants(opening);
    this.#terms = new StandingTerms(opening);
    this.#wanted = wanted;
  }

  /** The state after the last of the wanted entries that no decision goes on after. */
  get kept(): StateAt | null {
    return this.#kept;
  }

  /** Takes the next entry; answers what is wrong with the one before it, if that is the first that is wrong. */
  take(next: AuditedEntry): Mismatch | null {
    if (this.#stopped) return null;
    const found = this.#judge(next);
    this.#stored = next;
    return found;
  }

  /** Ends the pool: what time brought must have been written to its end, and terms are what they were changed to. */
  finish(): Mismatch | null {
    if (this.#stopped) return null;
    const found = this.#judge(null);
    if (found) return found;
    const until = this.#due.length === 0 ? this.#settlingUntil : null;
    if (until !== null) this.#follow(decide(this.#pool, { kind: "settle" }, until));
    const [missing] = this.#due;
    if (missing) return mismatch(missing.seq, `the ledger ends where the engine has ${told(missing)}`);
    return this.#terms.compare(this.#pool, this.#left);
  }

  #judge(next: AuditedEntry | null): Mismatch | null {
    const stored = this.#stored;
    if (!stored) return null;
    const found = this.#compare(stored, next);
    this.#stopped = found !== null;
    if (!found && this.#due.length === 0 && this.#wanted.has(stored.seq)) {
      this.#kept = { seq: Number(stored.seq), state: this.#left.stateOf(this.#pool) };
    }
    return found;
  }

  #compare(stored: AuditedEntry, next: AuditedEntry | null): Mismatch | null {
    const seq = Number(stored.seq);
    const invariant = stored.type === "revoked" ? "I-9" : "I-13";
    let refused: string | null = null;
    try {
      if (this.#due.length === 0) refused = this.#decide(stored, next);
    } catch (error) {
      // The engine throws at what no ledger of its own can hold.
      return { invariant, seq, detail: error instanceof Error ? error.message : String(error) };
    }
    const [expected, ...rest] = this.#due;
    if (!expected) {
      const reason = refused === null ? "" : `, which it refuses: ${refused}`;
      return { invariant, seq, detail: `the engine has no entry here, the ledger ${stored.type}${reason}` };
    }
    this.#due = rest;
    return compareEntry(expected, stored);
  }

  /** Lets the engine decide what the entry came from; answers why it would not. */
  #decide(stored: AuditedEntry, next: AuditedEntry | null): string | null {
    this.#terms.note(stored);
    const command = causeOf({ stored, next, left: this.#left, archived: this.#opening.consumed });
    this.#settlingUntil = null;
    if (!command) return null;
    const decidedAt = milliseconds(stored.decided_at);
    if (command.kind !== "settle") return this.#follow(decide(this.#pool, command, decidedAt));
    // Moment after moment: a grant that was due on the way may come in between.
    this.#settlingUntil = decidedAt;
    return this.#follow(decide(this.#pool, command, Math.min(milliseconds(stored.occurred_at), decidedAt)));
  }

  #follow(decision: Decision): string | null {
    this.#due = decision.entries;
    this.#pool = decision.pool;
    this.#left.follow(decision);
    return decision.refusal?.code ?? null;
  }
}
