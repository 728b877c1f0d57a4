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

/** Adds a block of credits: spendable at once, from `effectiveAt` on, or once it is paid. */
export interface GrantCommand {
  readonly kind: "grant";
  readonly grantId: string;
  readonly amount: MicroCredits;
  readonly category: GrantCategory;
  readonly priority: number;
  /** Left out: from now on. */
  readonly effectiveAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly isPaymentPending: boolean;
}

/** What commands about one grant share. */
interface AboutGrant {
  readonly grantKey: number;
  /** The grant as it was left, where the pool no longer carries it. */
  readonly closed: Grant | null;
}

/** Changes the terms of a grant. What is left out stays; an `expiresAt` of null means never. */
export interface UpdateGrantCommand extends AboutGrant {
  readonly kind: "update_grant";
  readonly priority?: number | undefined;
  readonly effectiveAt?: Instant | undefined;
  readonly expiresAt?: Instant | null | undefined;
}

/** Takes credits of a grant back: an amount, or all (null), what is held as soon as it comes free. */
export interface RevokeCommand extends AboutGrant {
  readonly kind: "revoke";
  readonly amount: MicroCredits | null;
}

/** The payment that a grant waited for has come. */
export interface ConfirmPaymentCommand extends AboutGrant {
  readonly kind: "confirm_payment";
}

/** Keeps a grant out of the balance while its payment is disputed. */
export interface FreezeCommand extends AboutGrant {
  readonly kind: "freeze";
}

/** Ends a freeze. */
export interface UnfreezeCommand extends AboutGrant {
  readonly kind: "unfreeze";
}

/** Burns credits. `hard` burns all or nothing; `soft` lets the pool go below zero. */
export interface ConsumeCommand {
  readonly kind: "consume";
  readonly amount: MicroCredits;
  readonly limit: "hard" | "soft";
  readonly occurredAt: Instant;
}

/** Takes a `consumed` entry back: to the grants that paid, as far as they are not gone. */
export interface ReverseCommand {
  readonly kind: "reverse";
  /** The entry to take back: its number, what it drew, and the part of it that went to overage. */
  readonly seq: number;
  readonly draws: readonly HoldPart[];
  readonly overage: MicroCredits;
  /** What grants repaid of the pool's overage and did not get back, the newest grant first. */
  readonly repaid: readonly HoldPart[];
  /** The grants named above that the pool no longer carries, as they were left. */
  readonly closed: readonly Grant[];
}

/** Sets credits aside. Always hard. */
export interface PlaceHoldCommand {
  readonly kind: "place_hold";
  readonly holdId: string;
  readonly amount: MicroCredits;
  readonly expiresAt: Instant;
}

/** Burns what was set aside, or a part, or more; a final capture releases the rest and ends the hold. */
export interface CaptureHoldCommand {
  readonly kind: "capture_hold";
  readonly holdKey: number;
  readonly amount: MicroCredits;
  readonly isFinal: boolean;
}

/** Ends a hold and frees what it reserves. */
export interface ReleaseHoldCommand {
  readonly kind: "release_hold";
  readonly holdKey: number;
}

/** Lets a hold live longer. */
export interface ExtendHoldCommand {
  readonly kind: "extend_hold";
  readonly holdKey: number;
  readonly expiresAt: Instant;
}

/** Lets time pass: activates and expires what is due, and ends holds. */
export interface SettleCommand {
  readonly kind: "settle";
}

export type Command =
  | GrantCommand
  | UpdateGrantCommand
  | RevokeCommand
  | ConfirmPaymentCommand
  | FreezeCommand
  | UnfreezeCommand
  | ConsumeCommand
  | ReverseCommand
  | PlaceHoldCommand
  | CaptureHoldCommand
  | ReleaseHoldCommand
  | ExtendHoldCommand
  | SettleCommand;

/** Why a command changes nothing. */
export type Refusal =
  | {
      readonly code: "insufficient_credits";
      readonly required: MicroCredits;
      readonly available: MicroCredits;
    }
  | { readonly code: "amount_out_of_range" }
  /** An expiry that is not in the future, or not after the grant takes effect. */
  | { readonly code: "already_expired" }
  /** The grant is gone: nothing about it can change any more. */
  | { readonly code: "grant_closed"; readonly status: "expired" | "revoked" | "depleted" }
  /** The grant took effect, so that when it does cannot change any more. */
  | { readonly code: "already_active" }
  /** More than can be revoked now; what holds reserve cannot. */
  | { readonly code: "beyond_revocable"; readonly revocable: MicroCredits }
  | { readonly code: "not_pending" }
  | { readonly code: "already_frozen" }
  | { readonly code: "not_frozen" }
  | { readonly code: "hold_closed" }
  /** An extension that does not extend. */
  | { readonly code: "not_later" };

/**
 * What becomes of a command. Entries of what fell due come first and stand even if the command is refused: time passes
 * whoever asks.
 */
export interface Decision {
  readonly entries: readonly Entry[];
  /** How many of the entries come from what was due before the command. */
  readonly settled: number;
  readonly pool: Pool;
  /** Grants that ceased to matter, as they were left: what reverses a draw on one has to bring it back. */
  readonly closed: readonly Grant[];
  readonly refusal: Refusal | null;
}
