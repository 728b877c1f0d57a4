import { formatCredits } from "@credits-kit/amounts";
import type { InvariantId } from "../storage/audit/finding.ts";
import type { AuditedEntry } from "../storage/audit/read-entries.ts";
import type { Mismatch } from "./compare-entry.ts";
import type { ReplayOpening } from "./replay-opening.ts";
import { listOf } from "./stored-facts.ts";

/** What the entries of a pool add up to. */
export interface PoolTotals {
  readonly lastSeq: number;
  readonly balance: bigint;
  readonly overage: bigint;
}

const HOLDING: ReadonlySet<string> = new Set(["hold_placed", "hold_released", "consumed"]);

/**
 * Looks at every entry of a pool beside the one before it: I-3, I-4 and I-5; and at each on its own: that its draws and
 * its overage are its delta, and that what it reserves or frees belongs to its draws (I-12). Adds them up without the
 * engine, and goes on whatever it finds; of each invariant the first fault is told.
 */
export class PoolChain {
  #seq: number;
  #endBalance: bigint;
  #at: number;
  #decidedAt: number;
  #balance: bigint;
  #overage: bigint;
  readonly #named = new Set<InvariantId>();

  constructor({ pool: { seq, balance, overage }, at, decidedAt }: ReplayOpening) {
    this.#seq = seq;
    this.#endBalance = balance;
    this.#at = at;
    this.#decidedAt = decidedAt;
    this.#balance = balance;
    this.#overage = overage;
  }

  /** What the entries taken so far add up to, with what was archived. */
  get totals(): PoolTotals {
    return { lastSeq: this.#seq, balance: this.#balance, overage: this.#overage };
  }

  /** Takes the next entry; answers what is wrong with it. */
  take(stored: AuditedEntry): readonly Mismatch[] {
    const found: Mismatch[] = [];
    const seq = Number(stored.seq);
    const name = (invariant: InvariantId, detail: string) => {
      if (!this.#named.has(invariant)) found.push({ invariant, seq, detail });
      this.#named.add(invariant);
    };
    const delta = BigInt(stored.delta);
    const endBalance = BigInt(stored.end_balance);
    if (endBalance !== this.#endBalance + delta) {
      const [before, moved, after] = [this.#endBalance, delta, endBalance].map(formatCredits);
      name("I-3", `${before} and a delta of ${moved} end at ${after}`);
    }
    if (seq !== this.#seq + 1) name("I-4", `entry ${seq} follows entry ${this.#seq}`);
    if (stored.at < this.#at) name("I-5", "written before the entry before it");
    if (stored.decided_at > stored.at) name("I-5", "decided after it was written");
    if (stored.decided_at < this.#decidedAt) name("I-5", "decided before the entry before it");
    const unexplained = unexplainedBy(stored, delta);
    if (unexplained !== null) name("I-12", unexplained);
    if (stored.draw_held !== null && (stored.about_seq === null || !HOLDING.has(stored.type))) {
      name("I-12", "reserves or frees credits for no hold");
    }
    [this.#seq, this.#endBalance, this.#at, this.#decidedAt] = [
      seq,
      endBalance,
      stored.at,
      stored.decided_at,
    ];
    this.#balance += delta;
    if (stored.overage_change !== "0") this.#overage += BigInt(stored.overage_change);
    return found;
  }
}

function unexplainedBy(stored: AuditedEntry, delta: bigint): string | null {
  const { draw_keys, draw_amounts, draw_held, overage_change } = stored;
  // What nearly every entry is: one draw, and nothing beside it.
  if (draw_held === null && overage_change === "0" && draw_amounts === `{${stored.delta}}`) {
    if (!draw_keys.includes(",") && draw_keys !== "{}") return null;
  }
  const amounts = listOf(draw_amounts);
  const counts = [listOf(draw_keys), draw_held === null ? amounts : listOf(draw_held)].map(
    ({ length }) => length,
  );
  if (counts.some((count) => count !== amounts.length)) return "draws without a grant or amount";
  const drawn = amounts.reduce((sum, amount) => sum + BigInt(amount), 0n);
  const overage = BigInt(overage_change);
  if (delta === drawn - overage) return null;
  const told = [delta, drawn, overage].map(formatCredits);
  return `a delta of ${told[0]}, draws of ${told[1]} and an overage of ${told[2]}`;
}
