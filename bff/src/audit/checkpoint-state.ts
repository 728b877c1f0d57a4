import type { Grant, Hold, HoldPart } from "@credits-kit/engine";
import { z } from "zod";

const amount = z.string().transform(BigInt);
const instant = z.number();
const micros = z.string().transform((text) => Number(text) / 1_000_000);
const part = z.object({ grantKey: z.number(), amount });

const keptGrant = z.object({
  key: z.number(),
  id: z.string(),
  amount,
  category: z.enum(["promo", "recurring", "paid"]),
  priority: z.number(),
  effectiveAt: instant,
  expiresAt: instant.nullable(),
  activated: z.boolean(),
  isPaymentPending: z.boolean(),
  remaining: amount,
  held: amount,
  frozen: amount,
  revoked: amount,
  isFrozen: z.boolean(),
  isRevoked: z.boolean(),
  expired: amount,
  repaid: amount,
  unsold: amount,
});

const keptConsumed = z.array(z.object({ seq: z.number(), draws: z.array(part), overage: amount }));

const checkpointState = z.object({
  balance: amount,
  overage: amount,
  at: micros,
  decidedAt: micros,
  grants: z.array(keptGrant),
  holds: z.array(
    z.object({
      key: z.number(),
      id: z.string(),
      amount,
      captured: amount,
      expiresAt: instant,
      parts: z.array(part),
    }),
  ),
  consumed: keptConsumed,
});

/** A grant at a checkpoint, with what the engine need not know of it. */
export type KeptGrant = Grant & {
  readonly expired: bigint;
  readonly repaid: bigint;
  /** Revoked before it was paid for. */
  readonly unsold: bigint;
};

/** An archived entry that a later one takes back. */
export interface KeptConsumed {
  readonly seq: number;
  readonly draws: readonly HoldPart[];
  readonly overage: bigint;
}

/** What a pool was after an entry, as far as it is made by replaying entries. Grants include those of long ago. */
export interface ReplayedState {
  readonly balance: bigint;
  readonly overage: bigint;
  readonly grants: readonly KeptGrant[];
  readonly holds: readonly Hold[];
}

/** What a checkpoint keeps of a pool, as far as a replay begins with it. */
export interface CheckpointState extends ReplayedState {
  /** When its last entry was written and decided, in seconds since 1970. */
  readonly at: number;
  readonly decidedAt: number;
  readonly consumed: readonly KeptConsumed[];
}

/** Reads a stored checkpoint. @throws Error when it is not one. */
export function readCheckpointState(json: string): CheckpointState {
  return checkpointState.parse(JSON.parse(json));
}

/** Reads archived entries that later ones take back. */
export function readKeptConsumed(json: string): readonly KeptConsumed[] {
  return keptConsumed.parse(JSON.parse(json));
}

/** What the database adds to a checkpoint: times in microseconds since 1970, what is taken back later, a digest. */
export interface CheckpointFacts {
  readonly at: string;
  readonly decidedAt: string;
  readonly consumed: readonly KeptConsumed[];
  readonly endedHolds: string;
}

/** A checkpoint as it is stored: amounts as text, as JSON numbers would round them. */
export function writeCheckpointState(state: ReplayedState, facts: CheckpointFacts): string {
  return JSON.stringify({ ...state, ...facts }, (_key, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
}
