import type { MicroCredits } from "@credits-kit/amounts";

/*
 * Glossary. A pool is what one customer holds of one credit type. A grant is a block of credits in it. A hold reserves
 * credits of grants before a costly action. An entry is one immutable line of the ledger. A draw is what an entry moves
 * on one grant. Overage is what a soft limit let the pool go below zero. A command asks for a change; `decide` turns it
 * into entries; `apply` turns an entry into the next pool.
 */

/** Milliseconds since 1970, UTC. */
export type Instant = number;

/** How a grant came about; the order here is the order in which they burn, all else being equal. */
export type GrantCategory = "promo" | "recurring" | "paid";

/** What a grant is given with. */
export interface GrantTerms {
  /** The `seq` of the entry that granted it: its key within the pool, ascending with age. */
  readonly key: number;
  readonly id: string;
  /** What was granted. */
  readonly amount: MicroCredits;
  readonly category: GrantCategory;
  /** 0 burns first. */
  readonly priority: number;
  readonly effectiveAt: Instant;
  readonly expiresAt: Instant | null;
  /** Whether its credits were in the balance at some time; before, it waits for `effectiveAt` or its payment. */
  readonly activated: boolean;
  /** Waits to be paid: until then it is not activated, whatever the time. */
  readonly isPaymentPending: boolean;
}

/**
 * A block of credits that still matters: some of it is in the balance, frozen, or waits to be activated.
 * A grant is gone once it is revoked or has expired: then only what open holds reserve of it can still be spent.
 */
export interface Grant extends GrantTerms {
  /** What is in the balance: free, or reserved by holds. Zero before activation. */
  readonly remaining: MicroCredits;
  /** The part of `remaining` that open holds reserve. */
  readonly held: MicroCredits;
  /** What a dispute keeps out of the balance. */
  readonly frozen: MicroCredits;
  /** What was revoked of it so far. */
  readonly revoked: MicroCredits;
  /** While frozen, what is free of it, or comes free, is kept out of the balance. */
  readonly isFrozen: boolean;
  /** Revoked as a whole: what a hold still reserves is revoked when it comes free. */
  readonly isRevoked: boolean;
}

/** What an open hold reserves of one grant. */
export interface HoldPart {
  readonly grantKey: number;
  readonly amount: MicroCredits;
}

/** Credits set aside. Open: a hold that ended is no longer part of the pool. */
export interface Hold {
  /** The `seq` of the entry that placed it. */
  readonly key: number;
  readonly id: string;
  /** What was set aside when it was placed. */
  readonly amount: MicroCredits;
  /** What was burned of it so far; may be more than `amount`. */
  readonly captured: MicroCredits;
  readonly expiresAt: Instant;
  /** What it still reserves; never empty parts. */
  readonly parts: readonly HoldPart[];
}

/** The state that entries add up to. `balance` is the sum of what remains of the grants, less the overage. */
export interface Pool {
  /** The number of the last entry; the ledger of a pool has no gaps. */
  readonly seq: number;
  readonly balance: MicroCredits;
  /** What was spent beyond the grants, and waits to be repaid. Above zero only while nothing is free. */
  readonly overage: MicroCredits;
  /** Grants that still matter, in burn order. */
  readonly grants: readonly Grant[];
  /** Open holds, oldest first. */
  readonly holds: readonly Hold[];
}

/** The pool of a customer who never held any credits. */
export const EMPTY_POOL: Pool = { seq: 0, balance: 0n, overage: 0n, grants: [], holds: [] };

/** What an entry moves on one grant. */
export interface Draw {
  readonly grantKey: number;
  /** Change of `remaining`: negative when it burns. */
  readonly amount: MicroCredits;
  /** Change of `held`. */
  readonly heldChange: MicroCredits;
}

export type EntryType =
  | "granted"
  | "activated"
  | "consumed"
  | "reversed"
  | "expired"
  | "revoked"
  | "frozen"
  | "unfrozen"
  | "updated"
  | "hold_placed"
  | "hold_released"
  | "overage_repaid";

/** What an entry changes of a grant besides what its draws move. What is left out stays. */
export interface GrantChange {
  readonly grantKey: number;
  readonly priority?: number;
  readonly effectiveAt?: Instant;
  readonly expiresAt?: Instant | null;
  readonly isPaymentPending?: false;
  readonly isFrozen?: boolean;
  readonly isRevoked?: true;
  /** Added to what was revoked; `revoked` entries always say it, as a grant that still waits has no draws. */
  readonly revoked?: MicroCredits;
}

/** How a hold ended. */
export type HoldEnd = "captured" | "released" | "expired";

/** What an entry does to a hold besides what its draws reserve, free or burn. What is left out stays. */
export interface HoldChange {
  readonly key: number;
  /** With the entry that places it. */
  readonly placed?: { readonly id: string; readonly amount: MicroCredits };
  readonly expiresAt?: Instant;
  readonly end?: HoldEnd;
}

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
  /** When the cause happened: an event's own time, or the moment at which a grant or a hold fell due. */
  readonly occurredAt: Instant;
  /** The grant that a `granted` entry brings into the pool. */
  readonly grant?: GrantTerms;
  readonly change?: GrantChange;
  readonly hold?: HoldChange;
  /** The `seq` of the entry that a `reversed` one takes back. */
  readonly reverses?: number;
  /** Grants that had ceased to matter and that this entry brings back, as they were left. */
  readonly reopens?: readonly Grant[];
}
