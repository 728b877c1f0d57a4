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
  readonly dimensions: Readonly<Record<string, string | number | boolean>> | null;
  readonly limit: "hard" | "soft" | null;
  readonly backfill: boolean;
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
}

/** Lets time pass in all of a customer's pools that are due. */
export interface SettleCommand extends CommandBase {
  readonly kind: "settle";
  readonly id: null;
}

export type PoolCommand = EventCommand | GrantCommand | SettleCommand;
