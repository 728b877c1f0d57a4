import { z } from "zod";

const ID = /^[A-Za-z0-9._:-]{1,128}$/;
const CUSTOMER_ID = /^[A-Za-z0-9._:@|-]{1,128}$/;

/** An id that its caller chooses: an event, a feature, a plan. */
export const id = z
  .string()
  .regex(ID, "must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -")
  .meta({ example: "image" });

/** A customer's or a user's id; may hold `@` and `|` besides, as identity providers' ids do. */
export const customerId = z
  .string()
  .regex(CUSTOMER_ID, "must be 1 to 128 of the characters A-Z a-z 0-9 . _ : @ | -")
  .meta({ example: "cus_lena" });

/** A key that a page makes once for each thing that a person means: sent again, it means the same thing. */
export const onceKey = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{8,128}$/, "must be 8 to 128 of the characters A-Z a-z 0-9 . _ : -");

/** The resource of a scoped pool. `none` is how lists ask for the default pool, so no resource may be called that. */
export const resourceId = id.refine((value) => value !== "none", "must not be the word none");
