import { z } from "zod";

/** The query of every list. Query strings carry text, so the limit is read from digits. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a number from 1 to 100")
    .transform(Number)
    .refine((value) => value >= 1 && value <= 100, "must be a number from 1 to 100")
    .optional()
    .meta({ description: "Rows on the page, 1 to 100; 20 if left out" }),
  cursor: z
    .string()
    .max(2000)
    .optional()
    .meta({ description: "`nextCursor` or `prevCursor` of an earlier answer" }),
};

/** A page of a list. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    data: z.array(row),
    nextCursor: z.string().nullable(),
    prevCursor: z.string().nullable(),
  });
}
