import type { MicroCredits } from "@credits-kit/amounts";

/*
 * Glossary. A pool is what one customer holds of one credit type. A grant is a block of credits in it. An entry is one
 * immutable line of its ledger. A draw is what an entry moves on one grant. Overage is what a soft limit let the pool
 * go below zero. A command asks for a change; `decide` turns it into entries; `apply` turns an entry into the next pool.
 */

/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** How a grant came about; the order here is the order in which they burn, all else being equal. */
export type GrantCategory = "promo" | "recurring" | "paid";

/** A block of credits that still matters: it holds credits, or it is scheduled and will. */
export interface Grant {
  /** The `seq` of the entry that granted it: its key within the pool, ascending with age. */
  readonly key: number;
  readonly id: string;
  /** What was granted. */
  readonly amount: MicroCredits;
  /** What can be spent now; zero while the grant is scheduled. */
  readonly remaining: MicroCredits;
  readonly category: GrantCategory;
  /** 0 burns first. */
  readonly priority: number;
  readonly effectiveAt: Instant;
  readonly expiresAt: Instant | null;
  /** Whether its credits have become spendable; a scheduled grant waits for `effectiveAt`. */
  readonly activated: boolean;
}

/** The state that entries add up to. `balance` is the sum of what remains of the grants, less the overage. */
export interface Pool {
  /** The number of the last entry; the ledger of a pool has no gaps. */
  readonly seq: number;
  readonly balance: MicroCredits;
  /** What was spent beyond the grants, and waits to be repaid by the next one. Never negative. */
  readonly overage: MicroCredits;
  /** Grants that still matter, in burn order. */
  readonly grants: readonly Grant[];
}

/** The pool of a customer who never held any credits. */
export const EMPTY_POOL: Pool = { seq: 0, balance: 0n, overage: 0n, grants: [] };

/** What an entry moves on one grant: negative when it burns. */
export interface Draw {
  readonly grantKey: number;
  readonly amount: MicroCredits;
}

export type EntryType = "granted" | "activated" | "consumed" | "expired" | "overage_repaid";

/**
 * One line of the ledger. For every entry, `delta` is the sum of its draws less `overageChange`, and `endBalance` is
 * the previous entry's plus `delta`.
 */
export interface Entry {
  readonly seq: number;
  readonly type: EntryType;
  readonly delta: MicroCredits;
  readonly endBalance: MicroCredits;
  readonly draws: readonly Draw[];
  readonly overageChange: MicroCredits;
  /** When the cause happened: an event's own time, or the moment at which a grant fell due. */
  readonly occurredAt: Instant;
  /** The grant that a `granted` entry brings into the pool. */
  readonly grant?: Omit<Grant, "remaining">;
}

/** Adds a block of credits, spendable at once or from `effectiveAt` on. */
export interface GrantCommand {
  readonly kind: "grant";
  readonly grantId: string;
  readonly amount: MicroCredits;
  readonly category: GrantCategory;
  readonly priority: number;
  /** Left out: from now on. */
  readonly effectiveAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** Burns credits. `hard` burns all or nothing; `soft` lets the pool go below zero. */
export interface ConsumeCommand {
  readonly kind: "consume";
  readonly amount: MicroCredits;
  readonly limit: "hard" | "soft";
  readonly occurredAt: Instant;
}

/** Lets time pass: activates and expires what is due. */
export interface SettleCommand {
  readonly kind: "settle";
}

export type Command = GrantCommand | ConsumeCommand | SettleCommand;

/** Why a command changes nothing. */
export type Refusal =
  | {
      readonly code: "insufficient_credits";
      readonly required: MicroCredits;
      readonly available: MicroCredits;
    }
  | { readonly code: "amount_out_of_range" }
  | { readonly code: "already_expired" };

/**
 * What becomes of a command. Entries of what fell due come first and stand even if the command is refused: time passes
 * whoever asks.
 */
export interface Decision {
  readonly entries: readonly Entry[];
  readonly pool: Pool;
  readonly refusal: Refusal | null;
}
