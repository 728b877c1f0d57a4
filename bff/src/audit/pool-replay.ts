import { type Command, decide, EMPTY_POOL, type Entry, type Instant, type Pool } from "@credits-kit/engine";
import type { InvariantId } from "../storage/audit/finding.ts";
import type { AuditedEntry } from "../storage/audit/read-entries.ts";

/**
 * The longest from deciding about an entry to writing it: statements end after ten seconds, and a transaction that
 * idles for fifteen is ended too.
 */
const LONGEST_DECISION_MS = 60_000;

/** What a replay has against an entry. */
export interface Mismatch {
  readonly invariant: InvariantId;
  readonly seq: number;
  readonly detail: string;
}

/**
 * Replays one pool through the engine (I-13): each stored entry must be the one that the engine makes of its cause.
 * After the first that is not, nothing can be said of the others, and the replay stops.
 */
export class PoolReplay {
  /** As the last decision left it. */
  #pool: Pool = EMPTY_POOL;
  /** What the last decision still has to be followed by. */
  #due: readonly Entry[] = [];
  #transaction = "";
  #writtenAt: Instant = -Infinity;
  /** The earliest that the entry at hand can have been decided: when an earlier transaction last wrote. */
  #earliest: Instant = -Infinity;
  #stopped = false;

  /** Takes the next entry; answers what is wrong with it, if it is the first that is wrong. */
  take(stored: AuditedEntry): Mismatch | null {
    if (this.#stopped) return null;
    this.#keepTime(stored);
    const mismatch = this.#judge(stored);
    this.#stopped = mismatch !== null;
    return mismatch;
  }

  /** Ends the pool: what time brought must have been written to its end. */
  finish(): Mismatch | null {
    const [missing] = this.#due;
    if (this.#stopped || !missing) return null;
    return mismatch(missing.seq, `the ledger ends where the engine has ${told(missing)}`);
  }

  #keepTime({ at, written_by }: AuditedEntry): void {
    if (written_by !== this.#transaction) this.#earliest = Math.max(this.#earliest, this.#writtenAt);
    this.#transaction = written_by;
    this.#writtenAt = milliseconds(at);
  }

  #judge(stored: AuditedEntry): Mismatch | null {
    const seq = Number(stored.seq);
    try {
      if (this.#due.length === 0) this.#decide(stored);
    } catch (error) {
      // The engine throws at what no ledger of its own can hold.
      return mismatch(seq, error instanceof Error ? error.message : String(error));
    }
    const [expected, ...rest] = this.#due;
    if (!expected) return mismatch(seq, `the engine has no entry here, the ledger ${stored.type}`);
    this.#due = rest;
    return differenceBetween(expected, stored);
  }

  #decide(stored: AuditedEntry): void {
    const cause = causeOf(stored, this.#earliest);
    if (!cause) return;
    const { entries, pool } = decide(this.#pool, cause.command, cause.now);
    this.#due = entries;
    this.#pool = pool;
  }
}

/** The command that an entry came from, and when it was decided, as far as the entry tells. */
function causeOf(stored: AuditedEntry, earliest: Instant): { command: Command; now: Instant } | null {
  const occurredAt = milliseconds(stored.occurred_at);
  switch (stored.type) {
    case "consumed": {
      // A soft limit burns what a hard one would, and the ledger no longer tells which it was.
      const command = { kind: "consume", amount: -BigInt(stored.delta), limit: "soft", occurredAt } as const;
      return { command, now: Math.max(earliest, milliseconds(stored.at) - LONGEST_DECISION_MS) };
    }
    case "granted": {
      const { granted } = stored;
      if (!granted) return null;
      const command = {
        kind: "grant",
        grantId: granted.id,
        amount: BigInt(granted.amount),
        category: granted.category,
        priority: granted.priority,
        effectiveAt: granted.effective_at,
        expiresAt: granted.expires_at,
      } as const;
      return { command, now: occurredAt };
    }
    case "activated":
    case "expired":
      return { command: { kind: "settle" }, now: occurredAt };
    default:
      return null;
  }
}

function differenceBetween(expected: Entry, stored: AuditedEntry): Mismatch | null {
  const seq = Number(stored.seq);
  const draws = `${stored.draw_keys} ${stored.draw_amounts}`;
  const same =
    expected.seq === seq &&
    expected.type === stored.type &&
    String(expected.delta) === stored.delta &&
    String(expected.overageChange) === stored.overage_change &&
    drawsOf(expected) === draws;
  if (!same) {
    const { type, delta, overage_change } = stored;
    const found = `${type} with delta ${delta}, overage ${overage_change}, draws ${draws}`;
    const detail = `the engine has ${told(expected)}, the ledger ${found} (millionths of credits)`;
    // Burning what should have expired by now is a fault of its own.
    return {
      invariant: expected.type === "expired" && stored.type === "consumed" ? "I-10" : "I-13",
      seq,
      detail,
    };
  }
  if (expected.type === "consumed") return null;
  if (expected.occurredAt !== milliseconds(stored.occurred_at)) {
    return mismatch(seq, `${stored.type} for another moment than the engine has it`);
  }
  if (expected.occurredAt > milliseconds(stored.at)) return mismatch(seq, `${stored.type} before its time`);
  return null;
}

function told(entry: Entry): string {
  const { seq, type, delta, overageChange } = entry;
  return `${type} at ${seq} with delta ${delta}, overage ${overageChange}, draws ${drawsOf(entry)}`;
}

/** Draws as the ledger writes them. */
function drawsOf({ draws }: Entry): string {
  const [first] = draws;
  if (draws.length === 1 && first) return `{${first.grantKey}} {${first.amount}}`;
  return `{${draws.map((draw) => draw.grantKey).join(",")}} {${draws.map((draw) => draw.amount).join(",")}}`;
}

/** Whole milliseconds, as the write path reads the clock; the double is exact to a microsecond before them. */
function milliseconds(seconds: number): Instant {
  return Math.floor(Math.round(seconds * 1_000_000) / 1000);
}

function mismatch(seq: number, detail: string): Mismatch {
  return { invariant: "I-13", seq, detail };
}
