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
