import { z } from "zod";
import type { AuditedEntry } from "../storage/audit/read-entries.ts";

const amount = z.string().transform(BigInt);
const instant = z.number();

/** What an entry's details say that it changes; what the audit has no use for is left out. */
const changeDetails = z.object({
  priority: z.number().optional(),
  effectiveAt: instant.optional(),
  expiresAt: instant.nullable().optional(),
  isPaymentPending: z.boolean().optional(),
  isFrozen: z.boolean().optional(),
  isRevoked: z.boolean().optional(),
  revoked: amount.optional(),
  holdExpiresAt: instant.optional(),
  holdEnd: z.string().optional(),
});
/** What an entry says that it changes. */
export type ChangeDetails = z.infer<typeof changeDetails>;

const NO_DETAILS: ChangeDetails = {};

/** Reads an entry's details. @throws Error when they are not what the write path writes. */
export function detailsOf({ details }: AuditedEntry): ChangeDetails {
  return details === null ? NO_DETAILS : changeDetails.parse(JSON.parse(details));
}

const time = z.iso.datetime().transform((text) => Date.parse(text));
const terms = { priority: z.number(), effectiveAt: time, expiresAt: time.nullable() };

const grantFacts = z.object({
  id: z.string(),
  amount,
  category: z.enum(["promo", "recurring", "paid"]),
  priority: z.number(),
  effectiveAt: instant,
  expiresAt: instant.nullable(),
  told: z.string().nullable(),
});

/** What a grant began with. */
export type GrantBegun = Omit<z.infer<typeof grantFacts>, "told">;

/** The terms of a grant as its own row has them now. */
export function grantStanding({
  facts,
}: AuditedEntry): Omit<GrantBegun, "id" | "amount" | "category"> | null {
  return facts === null ? null : grantFacts.parse(JSON.parse(facts));
}

/**
 * What the grant of a `granted` entry began with: by the entry, else by what the caller was told, else as the grant
 * stands, which is right as long as its terms were never changed. Null when there is no such grant.
 */
export function grantBegun(stored: AuditedEntry): GrantBegun | null {
  if (stored.facts === null) return null;
  const { told, ...standing } = grantFacts.parse(JSON.parse(stored.facts));
  const said = detailsOf(stored);
  if (said.priority !== undefined && said.effectiveAt !== undefined && said.expiresAt !== undefined) {
    const { priority, effectiveAt, expiresAt } = said;
    return { ...standing, priority, effectiveAt, expiresAt };
  }
  const remembered = z.object(terms).safeParse(parseTold(told));
  return remembered.success ? { ...standing, ...remembered.data } : standing;
}

const holdFacts = z.object({ id: z.string(), amount, expiresAt: instant, told: z.string().nullable() });

/** What a hold began with. */
export type HoldBegun = Omit<z.infer<typeof holdFacts>, "told">;

/** The end of a hold as its own row has it now. */
export function holdStanding({ facts }: AuditedEntry): Pick<HoldBegun, "expiresAt"> | null {
  return facts === null ? null : holdFacts.parse(JSON.parse(facts));
}

/** What the hold of a `hold_placed` entry began with, in the same way. Null when there is no such hold. */
export function holdBegun(stored: AuditedEntry): HoldBegun | null {
  if (stored.facts === null) return null;
  const { told, ...standing } = holdFacts.parse(JSON.parse(stored.facts));
  const { holdExpiresAt } = detailsOf(stored);
  if (holdExpiresAt !== undefined) return { ...standing, expiresAt: holdExpiresAt };
  const remembered = z.object({ expiresAt: time }).safeParse(parseTold(told));
  return remembered.success ? { ...standing, ...remembered.data } : standing;
}

const consumedFacts = z.object({ type: z.string(), keys: z.string(), amounts: z.string(), overage: amount });

/** The entry that a `reversed` one takes back: what it drew, positive, and what of it went below zero. */
export interface ConsumedFacts {
  readonly draws: readonly { readonly grantKey: number; readonly amount: bigint }[];
  readonly overage: bigint;
}

/** The entry that a reversal is about. Null when there is none, or it consumed nothing. */
export function consumedOf({ facts }: AuditedEntry): ConsumedFacts | null {
  if (facts === null) return null;
  const { type, keys, amounts, overage } = consumedFacts.parse(JSON.parse(facts));
  if (type !== "consumed") return null;
  const drawn = listOf(amounts);
  const draws = listOf(keys).map((key, index) => ({
    grantKey: Number(key),
    amount: -BigInt(drawn[index] ?? 0),
  }));
  return { draws, overage };
}

/** The numbers of an array as Postgres writes it, as text. */
export function listOf(array: string): string[] {
  const inner = array.slice(1, -1);
  return inner === "" ? [] : inner.split(",");
}

/** What a caller was told, if it can be read: it is for callers, and none of the audit's business otherwise. */
function parseTold(told: string | null): unknown {
  if (told === null) return null;
  try {
    return JSON.parse(told);
  } catch {
    return null;
  }
}
