import { z } from "zod";
import { credits, creditsInput, pricePerCredit, priority } from "../values/amounts.ts";
import { CHANGES_NOTHING, changesSomething } from "../values/choices.ts";
import { customerId, id, resourceId } from "../values/ids.ts";
import { metadata, requiredText, text } from "../values/text.ts";
import { timestamp, timestampInput } from "../values/time.ts";

export const GRANT_CATEGORIES = ["promo", "recurring", "paid"] as const;
export const GRANT_STATUSES = [
  "payment_pending",
  "scheduled",
  "active",
  "depleted",
  "expired",
  "revoked",
  "frozen",
] as const;

const SORT_FIELDS = ["createdAt", "expiresAt", "effectiveAt", "amount", "remaining", "priority"] as const;

/** How lists of grants are sorted; a minus sign turns the order round. */
export const GRANT_SORTS = SORT_FIELDS.flatMap((field) => [field, `-${field}`] as const);
export type GrantSort = (typeof GRANT_SORTS)[number];

/** Who did something. */
export const actor = z
  .object({ kind: z.enum(["api_key", "operator", "customer", "system"]), id: z.string() })
  .meta({ id: "Actor" });
export type Actor = z.infer<typeof actor>;

export const grantInput = z
  .strictObject({
    customerId,
    creditTypeId: id,
    resourceId: resourceId.optional(),
    amount: creditsInput,
    category: z.enum(["promo", "paid"]),
    costBasis: pricePerCredit.optional(),
    priority: priority.optional(),
    effectiveAt: timestampInput.optional(),
    expiresAt: timestampInput.optional(),
    reason: text(200).optional(),
    externalReference: text(200).optional(),
    metadata: metadata.optional(),
  })
  .refine((grant) => grant.category === "promo" || grant.costBasis !== undefined, {
    path: ["costBasis"],
    message: "a paid grant needs its cost basis",
  })
  .refine((grant) => grant.category === "paid" || grant.costBasis === undefined, {
    path: ["costBasis"],
    message: "a promo grant has no cost basis",
  })
  .refine(
    (grant) =>
      grant.expiresAt === undefined || grant.effectiveAt === undefined || grant.expiresAt > grant.effectiveAt,
    {
      path: ["expiresAt"],
      message: "must be after effectiveAt",
    },
  )
  .meta({ id: "GrantInput" });
export type GrantInput = z.infer<typeof grantInput>;

export const grantChange = z
  .strictObject({
    priority: priority.optional(),
    effectiveAt: timestampInput.optional().meta({ description: "Only before the grant is activated" }),
    expiresAt: timestampInput.nullable().optional().meta({ description: "In the future; null for never" }),
    reason: text(200).nullable().optional(),
    externalReference: text(200).nullable().optional(),
    metadata: metadata.optional().meta({ description: "Takes the place of what was there" }),
    ifSeq: z
      .int()
      .min(0)
      .optional()
      .meta({ description: "The `seq` of the pool as you saw it; state_conflict when it has moved" }),
  })
  .refine(({ ifSeq: _ifSeq, ...change }) => changesSomething(change), CHANGES_NOTHING)
  .refine(
    ({ effectiveAt, expiresAt }) =>
      effectiveAt === undefined || expiresAt === undefined || expiresAt === null || expiresAt > effectiveAt,
    { path: ["expiresAt"], message: "must be after effectiveAt" },
  )
  .meta({ id: "GrantChange", description: "What is left out stays; null takes it away" });
export type GrantChange = z.infer<typeof grantChange>;

export const grantRevocation = z
  .strictObject({
    amount: creditsInput.optional().meta({ description: "What to take back; all that is left, if left out" }),
    reason: requiredText(200),
    externalReference: text(200).optional(),
  })
  .meta({ id: "GrantRevocation" });
export type GrantRevocation = z.infer<typeof grantRevocation>;

export const grant = z
  .object({
    id,
    customerId,
    creditTypeId: id,
    resourceId: id.nullable(),
    amount: credits,
    remaining: credits,
    consumed: credits,
    held: credits,
    frozen: credits,
    revoked: credits,
    expired: credits,
    category: z.enum(GRANT_CATEGORIES),
    status: z.enum(GRANT_STATUSES),
    costBasis: pricePerCredit.nullable(),
    priority: z.int(),
    effectiveAt: timestamp,
    expiresAt: timestamp.nullable(),
    reason: z.string().nullable(),
    actor,
    source: z.object({ kind: z.string(), id: z.string().nullable() }),
    payment: z
      .object({ status: z.string(), invoiceUrl: z.string().nullable(), receiptUrl: z.string().nullable() })
      .nullable(),
    externalReference: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "Grant", description: "A block of credits in a pool" });
export type Grant = z.infer<typeof grant>;
