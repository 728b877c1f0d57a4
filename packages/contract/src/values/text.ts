import { z } from "zod";

/** Free text of at most `limit` code points, storable as it is: well-formed and without NUL. */
export function text(limit: number) {
  return z
    .string()
    .max(limit * 2, `must be at most ${limit} characters`)
    .refine((value) => [...value].length <= limit, `must be at most ${limit} characters`)
    .refine((value) => value.isWellFormed(), "must be well-formed text")
    .refine((value) => !value.includes("\0"), "must not contain NUL")
    .meta({ maxLength: limit });
}

/** Text that says something. */
export function requiredText(limit: number) {
  return text(limit).refine((value) => value.trim() !== "", "must not be empty");
}

const metadataKey = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,40}$/, "must be 1 to 40 of the characters A-Z a-z 0-9 _ . -");

/** A few values under keys that the caller makes up. zod drops the key `__proto__` unseen; here it is refused. */
function fewValues<Value extends z.ZodType>(value: Value, limit: number) {
  const record = z
    .record(metadataKey, value)
    .refine((values) => Object.keys(values).length <= limit, `must have at most ${limit} keys`);
  return z.preprocess((input: z.input<typeof record>, context) => {
    if (typeof input === "object" && input !== null && Object.hasOwn(input, "__proto__")) {
      context.addIssue({ code: "custom", path: ["__proto__"], message: "must not be used as a key" });
    }
    return input;
  }, record);
}

/** Up to 50 strings that the caller keeps with a thing of ours. */
export const metadata = fewValues(text(500), 50).meta({ description: "Up to 50 strings of your own" });

/** What an event says about itself besides its quantity. */
export const dimensions = fewValues(z.union([text(200), z.number(), z.boolean()]), 20).meta({
  description: "Up to 20 properties of the event",
  example: { model: "xl" },
});
