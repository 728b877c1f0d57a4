import type { Actor } from "@credits-kit/contract";

/** What every command carries, whoever sends it. */
interface CommandBase {
  readonly customerId: string;
  /**
   * Fixed at intake and sent again unchanged on every retry, so that a command is carried out once: `event:<event id>`,
   * `idem:<route>:<key>`, `grant:<grant id>`. A settle command has none: settling twice changes nothing.
   */
  readonly id: string | null;
  /** A digest of the content, to tell the same command from another one under its id. */
  readonly contentHash: string;
  readonly actor: Actor;
  readonly requestId: string;
}

/** Properties of usage that a rate may count with. */
export type Dimensions = Readonly<Record<string, string | number | boolean>>;

/** What is to be paid for: so much of a feature, by the customer's plan, or credits outright. */
export type Asked =
  | { readonly kind: "feature"; readonly featureId: string; readonly quantity: bigint }
  | { readonly kind: "direct"; readonly creditTypeId: string; readonly amount: bigint };

/** A usage event that waits to be priced and burned. */
export interface EventCommand extends CommandBase {
  readonly kind: "event";
  readonly eventId: string;
  readonly featureId: string;
  readonly quantity: bigint;
  readonly userId: string | null;
  /** The pool's resource; empty for the default pool. */
  readonly resourceId: string;
  /** The event's own time; the ledger's when left out. */
  readonly timestamp: number | null;
  readonly dimensions: Dimensions | null;
  readonly limit: "hard" | "soft" | null;
  readonly backfill: boolean;
}

/** What consumption and holds share. */
interface SpendingCommand extends CommandBase {
  readonly asked: Asked;
  readonly userId: string | null;
  readonly resourceId: string;
  readonly dimensions: Dimensions | null;
}

/** Burns credits at once, or is denied for good. */
export interface ConsumeCommand extends SpendingCommand {
  readonly kind: "consume";
  readonly consumeId: string;
  readonly limit: "hard" | "soft" | null;
}

/** Sets credits aside, or is denied for good. */
export interface PlaceHoldCommand extends SpendingCommand {
  readonly kind: "place_hold";
  readonly holdId: string;
  readonly lifeMs: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Burns what a hold set aside: an amount, what a quantity costs, or all that it still reserves. */
export interface CaptureHoldCommand extends CommandBase {
  readonly kind: "capture_hold";
  readonly holdId: string;
  readonly amount: bigint | null;
  readonly quantity: bigint | null;
  readonly dimensions: Dimensions | null;
  readonly isFinal: boolean;
}

export interface ReleaseHoldCommand extends CommandBase {
  readonly kind: "release_hold";
  readonly holdId: string;
}

/** Lets a hold live this much longer from now on. */
export interface ExtendHoldCommand extends CommandBase {
  readonly kind: "extend_hold";
  readonly holdId: string;
  readonly lifeMs: number;
}

/** A block of credits that somebody gives. */
export interface GrantCommand extends CommandBase {
  readonly kind: "grant";
  readonly grantId: string;
  readonly creditTypeId: string;
  readonly resourceId: string;
  readonly amount: bigint;
  readonly category: "promo" | "recurring" | "paid";
  readonly costBasis: { readonly amount: string; readonly currency: string } | null;
  readonly priority: number;
  readonly effectiveAt: number | null;
  readonly expiresAt: number | null;
  readonly reason: string | null;
  readonly externalReference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly source: { readonly kind: string; readonly id: string | null };
  /** Keeps the credits out of the balance until the payment is confirmed. */
  readonly isPaymentPending: boolean;
}

/** What commands about one grant share. */
interface AboutGrant extends CommandBase {
  readonly grantId: string;
}

/** Changes a grant. What is undefined stays. */
export interface UpdateGrantCommand extends AboutGrant {
  readonly kind: "update_grant";
  readonly priority?: number | undefined;
  readonly effectiveAt?: number | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly reason?: string | null | undefined;
  readonly externalReference?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** The number of the pool's last entry that the caller saw: refused once there are later ones. */
  readonly ifSeq?: number | undefined;
}

/** Takes credits back: an amount, or all that is left (null). */
export interface RevokeGrantCommand extends AboutGrant {
  readonly kind: "revoke_grant";
  readonly amount: bigint | null;
  readonly reason: string;
  readonly externalReference: string | null;
}

/** What payments do to a grant: it was paid, its payment is disputed, the dispute was won. */
export interface PaymentCommand extends AboutGrant {
  readonly kind: "confirm_payment" | "freeze_grant" | "unfreeze_grant";
  readonly reason: string | null;
  readonly source: { readonly kind: string; readonly id: string | null };
}

/** Takes an applied event back. */
export interface ReverseEventCommand extends CommandBase {
  readonly kind: "reverse_event";
  readonly eventId: string;
  readonly reason: string;
}

/** Lets time pass in all of a customer's pools that are due. */
export interface SettleCommand extends CommandBase {
  readonly kind: "settle";
  readonly id: null;
}

/** Commands that name a hold which was placed before. */
export type HoldCommand = CaptureHoldCommand | ReleaseHoldCommand | ExtendHoldCommand;

/** Commands that name a grant which was given before. */
export type GrantedCommand = UpdateGrantCommand | RevokeGrantCommand | PaymentCommand;

/** Commands whose cost follows from the customer's plan, or that say it. */
export type PricedCommand = EventCommand | ConsumeCommand | PlaceHoldCommand;

export type PoolCommand =
  PricedCommand | HoldCommand | GrantCommand | GrantedCommand | ReverseEventCommand | SettleCommand;
