import { z } from "zod";
import { credits } from "../values/amounts.ts";
import { id } from "../values/ids.ts";
import { pageOf } from "../values/lists.ts";
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
    overageChange: credits.meta({
      description: "What the entry adds to the overage; negative when it repays",
    }),
    holdId: id.nullable(),
    requestId: z.string().nullable(),
  })
  .meta({ id: "LedgerEntry", description: "One immutable line of a pool's history" });
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** What entries can be summed up by. */
export const LEDGER_GROUPINGS = ["day", "type", "source", "feature", "user"] as const;
export type LedgerGrouping = (typeof LEDGER_GROUPINGS)[number];

/** The most groups of one answer. */
export const MAX_LEDGER_GROUPS = 1000;

export const ledgerGroup = z
  .object({
    key: z
      .string()
      .nullable()
      .meta({ description: "A day such as 2026-03-01, a type, a source's kind, a feature or a user" }),
    entries: z.int(),
    delta: credits,
    credited: credits.meta({ description: "The sum of the deltas above zero" }),
    debited: credits.meta({ description: "The sum of the deltas below zero, without its sign" }),
  })
  .meta({ id: "LedgerGroup", description: "A subtotal over all entries that match the filters" });
export type LedgerGroup = z.infer<typeof ledgerGroup>;

export const ledgerPage = pageOf(ledgerEntry)
  .extend({
    groups: z
      .array(ledgerGroup)
      .max(MAX_LEDGER_GROUPS)
      .optional()
      .meta({ description: "There if and only if `groupBy` is given" }),
  })
  .meta({ id: "LedgerPage" });
