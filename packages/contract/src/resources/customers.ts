import { z } from "zod";
import { customerId, id } from "../values/ids.ts";
import { metadata, text } from "../values/text.ts";
import { timestamp } from "../values/time.ts";

const email = z.email("must be an email address").max(254);
const testClockId = id.nullable().meta({
  description:
    "The test clock that the customer lives by, from before the first entry; only in a test deployment",
});

export const customerUpsert = z
  .strictObject({
    name: text(200).optional(),
    email: email.optional(),
    metadata: metadata.optional(),
    testClockId: testClockId.optional(),
  })
  .meta({ id: "CustomerUpsert" });
export type CustomerUpsert = z.infer<typeof customerUpsert>;

export const customerInput = z
  .strictObject({
    id: customerId.optional(),
    name: text(200).optional(),
    email: email.optional(),
    metadata: metadata.optional(),
    testClockId: testClockId.optional(),
  })
  .refine((value) => value.id !== undefined || value.name !== undefined, {
    path: ["id"],
    message: "give an id, or a name to make one from",
  })
  .meta({ id: "CustomerInput" });
export type CustomerInput = z.infer<typeof customerInput>;

export const customer = z
  .object({
    id: customerId,
    name: z.string().nullable(),
    email: z.string().nullable(),
    metadata: z.record(z.string(), z.string()),
    testClockId: id.nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "Customer" });
export type Customer = z.infer<typeof customer>;
