import { z } from "zod";

/** Free text of at most `limit` code points, storable as it is: well-formed and without NUL. */
export function text(limit: number) {
  return z
    .string()
    .max(limit * 2, `must be at most ${limit} characters`)
    .refine((value) => [...value].length <= limit, `must be at most ${limit} characters`)
    .refine((value) => value.isWellFormed(), "must be well-formed text")
    .refine((value) => !value.includes("\0"), "must not contain NUL");
}

/** Text that says something. */
export function requiredText(limit: number) {
  return text(limit).refine((value) => value.trim() !== "", "must not be empty");
}

const metadataKey = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,40}$/, "must be 1 to 40 of the characters A-Z a-z 0-9 _ . -")
  .refine((key) => key !== "__proto__", "must not be __proto__");

/** Up to 50 strings that the caller keeps with a thing of ours. */
export const metadata = z
  .record(metadataKey, text(500))
  .refine((value) => Object.keys(value).length <= 50, "must have at most 50 keys")
  .meta({ description: "Up to 50 strings of your own" });

/** What an event says about itself besides its quantity. */
export const dimensions = z
  .record(metadataKey, z.union([text(200), z.number(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= 20, "must have at most 20 keys")
  .meta({ description: "Up to 20 properties of the event", example: { model: "xl" } });
