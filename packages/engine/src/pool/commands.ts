import type { MicroCredits } from "@credits-kit/amounts";
import type { Entry, Grant, GrantCategory, HoldPart, Instant, Pool } from "./types.ts";

/** Adds a block of credits: spendable at once, from `effectiveAt` on, or once it is paid. */
export interface GrantCommand {
  readonly kind: "grant";
  /**
   * The moment at which it was due, not after now: what fell due later is left to the next command, so that a late grant
   * gives the ledger that a punctual one would have given. Null: it is due now.
   */
  readonly asOf: Instant | null;
  readonly grantId: string;
  readonly amount: MicroCredits;
  readonly category: GrantCategory;
  readonly priority: number;
  /** Left out: from when it is due. */
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
