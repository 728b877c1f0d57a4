import { z } from "zod";
import { credits } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { timestamp } from "../values/time.ts";
import { actor } from "./grants.ts";

export const ENTRY_TYPES = [
  "granted",
  "activated",
  "consumed",
  "reversed",
  "expired",
  "revoked",
  "frozen",
  "unfrozen",
  "updated",
  "hold_placed",
  "hold_released",
  "overage_repaid",
] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];

export const ledgerEntry = z
  .object({
    creditTypeId: id,
    resourceId: id.nullable(),
    seq: z.int(),
    at: timestamp,
    occurredAt: timestamp,
    type: z.enum(ENTRY_TYPES),
    delta: credits,
    endBalance: credits,
    source: z.object({ kind: z.string(), id: z.string().nullable() }),
    grants: z.array(z.object({ grantId: id, amount: credits })),
    actor,
    reason: z.string().nullable(),
    featureId: id.nullable(),
    userId: z.string().nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: "LedgerEntry", description: "One immutable line of a pool's history" });
export type LedgerEntry = z.infer<typeof ledgerEntry>;
