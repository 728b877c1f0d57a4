import { z } from "zod";
import { ENTRY_TYPES } from "../resources/ledger.ts";
import { customerId, id } from "../values/ids.ts";
import { pageQuery } from "../values/lists.ts";
import { timestampInput } from "../values/time.ts";

/** The query of lists of what a customer's pools hold. */
export const poolQuery = {
  ...pageQuery,
  customerId,
  creditTypeId: id.optional(),
  resourceId: id.optional().meta({ description: "Left out: all pools; `none`: the default pool" }),
};

/** From one time up to, but without, another. */
export const rangeQuery = {
  from: timestampInput.optional().meta({ description: "The first moment" }),
  to: timestampInput.optional().meta({ description: "The first moment that is no longer included" }),
};

/** The kind of source of a grant or an entry. */
export const sourceKind = z
  .string()
  .regex(/^[a-z_]{1,40}$/, "must be a kind of source such as event or top_up")
  .meta({ description: "The kind of source", example: "event" });

/** Which entries of a ledger are asked for. */
export const ledgerFilters = {
  type: z.enum(ENTRY_TYPES).optional(),
  source: sourceKind.optional(),
  grantId: id.optional(),
  featureId: id.optional(),
  userId: customerId.optional(),
  ...rangeQuery,
  timeField: z.enum(["at", "occurredAt"]).optional(),
};
