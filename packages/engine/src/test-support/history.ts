import type { ConsumeCommand, GrantCommand, PlaceHoldCommand, SettleCommand } from "../pool/commands.ts";

/** What was asked and when it was taken. Times never decrease along a history. */
export interface Taken {
  readonly at: number;
  readonly ask: Ask;
}

/** The moment as of which it happens: when it was taken, but for a grant that was due before. */
export function dueAt({ at, ask }: Taken): number {
  return ask.kind === "grant" && ask.asOf !== null ? ask.asOf : at;
}

/** What a host can ask for, in the host's own words: grants and holds by their ids, an event by where it was asked. */
export type Ask =
  | GrantCommand
  | ConsumeCommand
  | SettleCommand
  | {
      readonly kind: "update_grant";
      readonly grantId: string;
      readonly priority?: number;
      readonly effectiveAt?: number;
      readonly expiresAt?: number | null;
    }
  | { readonly kind: "revoke"; readonly grantId: string; readonly amount: bigint | null }
  | { readonly kind: "confirm_payment" | "freeze" | "unfreeze"; readonly grantId: string }
  /** `consumed` is the index in the history of the consume that it takes back. */
  | { readonly kind: "reverse"; readonly consumed: number }
  | PlaceHoldCommand
  | {
      readonly kind: "capture_hold";
      readonly holdId: string;
      readonly amount: bigint;
      readonly isFinal: boolean;
    }
  | { readonly kind: "release_hold"; readonly holdId: string }
  | { readonly kind: "extend_hold"; readonly holdId: string; readonly expiresAt: number };

/** What a line moves of one grant: what is in the balance, and what holds reserve of it. */
export type Move = readonly [grantId: string, amount: bigint, heldChange: bigint];

/** A ledger line as a reader of the ledger would see it. Moves name grants by their id, in the order drawn. */
export interface Line {
  readonly type: string;
  readonly occurredAt: number;
  readonly delta: bigint;
  readonly endBalance: bigint;
  readonly moves: readonly Move[];
}

/** What one ask led to: the lines that fell due before it, its own, and where that left the pool. */
export interface Chapter {
  readonly lines: readonly Line[];
  /**
   * Null, or why the ask changed nothing. "unknown": about a grant, a hold or an event that there never was, or that was
   * taken back before; nobody asks the engine, so that not even time passes.
   */
  readonly refusal: string | null;
  readonly balance: bigint;
  readonly overage: bigint;
  /** Of every grant ever accepted: what is in the balance; zero while it waits and once it is spent. */
  readonly remaining: ReadonlyMap<string, bigint>;
  /** The part of it that holds reserve. */
  readonly held: ReadonlyMap<string, bigint>;
  /** What a dispute keeps out of the balance. */
  readonly frozen: ReadonlyMap<string, bigint>;
  /** What was revoked so far. */
  readonly revoked: ReadonlyMap<string, bigint>;
  /** What each open hold reserves. */
  readonly holds: ReadonlyMap<string, bigint>;
}
