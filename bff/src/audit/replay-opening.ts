import type { Grant, Pool } from "@credits-kit/engine";
import { compareBurnOrder, EMPTY_POOL } from "@credits-kit/engine";
import { z } from "zod";
import type { OpeningRow } from "../storage/audit/openings.ts";
import { type CheckpointState, type KeptConsumed, readCheckpointState } from "./checkpoint-state.ts";

const standingGrants = z.array(
  z.object({
    key: z.number(),
    priority: z.number(),
    effectiveAt: z.number(),
    expiresAt: z.number().nullable(),
  }),
);
const standingHolds = z.array(z.object({ key: z.number(), expiresAt: z.number() }));

/** What a replay begins with: a checkpoint, or nothing. */
export interface ReplayOpening {
  readonly pool: Pool;
  /** When the last archived entry was written and decided, in seconds since 1970. */
  readonly at: number;
  readonly decidedAt: number;
  /** Every grant of the pool, also those that it no longer carries. */
  readonly grants: CheckpointState["grants"];
  readonly consumed: readonly KeptConsumed[];
  /** The terms of grants and the ends of holds in their own rows. */
  readonly standing: {
    readonly grants: z.infer<typeof standingGrants>;
    readonly holds: z.infer<typeof standingHolds>;
  };
}

/** The beginning of a pool of which nothing is archived. */
export const NOTHING_ARCHIVED: ReplayOpening = {
  pool: EMPTY_POOL,
  at: -Infinity,
  decidedAt: -Infinity,
  grants: [],
  consumed: [],
  standing: { grants: [], holds: [] },
};

/** Reads a checkpoint. @throws Error when it is not one. */
export function openingOf(row: OpeningRow): ReplayOpening {
  const { balance, overage, grants, holds, consumed, at, decidedAt } = readCheckpointState(row.state);
  const carried = grants.filter(matters).sort(compareBurnOrder);
  return {
    pool: { seq: Number(row.seq), balance, overage, grants: carried, holds },
    at,
    decidedAt,
    grants,
    consumed,
    standing: {
      grants: standingGrants.parse(JSON.parse(row.grants)),
      holds: standingHolds.parse(JSON.parse(row.holds)),
    },
  };
}

/** Whether the pool still carries a grant. */
export function matters({ remaining, frozen, activated, isRevoked }: Grant): boolean {
  return remaining > 0n || frozen > 0n || (!activated && !isRevoked);
}
