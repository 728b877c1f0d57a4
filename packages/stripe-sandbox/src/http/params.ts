import { z } from "zod";
import { invalidRequest, type StripeProblem } from "../errors.ts";

/** A text that may not be empty; Stripe takes an empty one as an attempt to unset. */
export const text = z.string().min(1).max(5000);

/** A whole number, sent as text. */
export const integer = z.string().transform((value, context) => {
  if (/^-?\d{1,15}$/.test(value)) return Number(value);
  context.addIssue({
    code: "custom",
    message: `Invalid integer: ${value}`,
    params: { stripe: "parameter_invalid_integer" },
  });
  return z.NEVER;
});

/** An amount in the currency's smallest unit. */
export const amount = integer.refine((value) => value >= 0, {
  message: "Invalid non-negative integer",
  params: { stripe: "parameter_invalid_integer" },
});

/** A number with decimals, sent as text. */
export const decimal = z.string().transform((value, context) => {
  if (/^-?\d{1,15}(\.\d{1,12})?$/.test(value)) return value;
  context.addIssue({ code: "custom", message: `Invalid decimal: ${value}` });
  return z.NEVER;
});

/** `true` or `false`, sent as text. */
export const flag = z.string().transform((value, context) => {
  if (value === "true" || value === "false") return value === "true";
  context.addIssue({ code: "custom", message: `Invalid boolean: ${value}` });
  return z.NEVER;
});

const CURRENCIES = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** A three-letter currency, in small letters as Stripe answers it. */
export const currency = z.string().transform((value, context) => {
  if (CURRENCIES.has(value.toLowerCase())) return value.toLowerCase();
  context.addIssue({ code: "custom", message: `Invalid currency: ${value}.` });
  return z.NEVER;
});

/** An e-mail address, as loosely checked as Stripe does. */
export const email = z
  .string()
  .max(800)
  .refine((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), {
    message: "Invalid email address",
    params: { stripe: "email_invalid" },
  });

/** An absolute web address. */
export const url = z
  .string()
  .max(5000)
  .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value.replace(/[{}]/g, "_")), {
    message: "Not a valid URL",
    params: { stripe: "url_invalid" },
  });

/** A parameter that an empty text unsets: it arrives as null. */
export function clearable<Shape extends z.ZodType>(shape: Shape): z.ZodType<z.output<Shape> | null> {
  return z.preprocess((value) => (value === "" ? null : value), shape.nullable());
}

/** Up to 50 pairs; an empty value removes its key, an empty text all of them. */
export const metadata = clearable(z.record(z.string().max(40), z.string().max(500)));

/** A point in time in seconds, or a range of them. */
export const created = z.preprocess(
  (value) => (typeof value === "string" ? { gte: value, lte: value } : value),
  z.strictObject({
    gt: integer.optional(),
    gte: integer.optional(),
    lt: integer.optional(),
    lte: integer.optional(),
  }),
);

/** What every list takes. */
export const paging = {
  limit: integer
    .refine((value) => value >= 1 && value <= 100, { message: "Invalid integer: limit is 1 to 100" })
    .optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
};

/** `base` with the changes made; see {@link metadata}. */
export function mergeMetadata(
  base: Record<string, string>,
  changes: Record<string, string> | null | undefined,
): Record<string, string> {
  if (changes === null) return {};
  const merged = { ...base, ...changes };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""));
}

/** The parameters as the shape reads them. @throws StripeProblem as Stripe words what is wrong first. */
export function readParams<Shape extends z.ZodType>(shape: Shape, raw: unknown): z.output<Shape> {
  const read = shape.safeParse(raw, { reportInput: true });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw issue === undefined ? invalidRequest("Invalid request.") : problemOf(issue);
}

function problemOf(issue: z.core.$ZodIssue): StripeProblem {
  const param = nameOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    const unknown = nameOf([...issue.path, issue.keys[0] ?? ""]);
    return invalidRequest(`Received unknown parameter: ${unknown}`, {
      code: "parameter_unknown",
      param: unknown,
    });
  }
  if (issue.input === undefined && (issue.code === "invalid_type" || issue.code === "invalid_value")) {
    return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  }
  if (issue.code === "invalid_value") {
    const allowed = issue.values.map(String).join(", ");
    return invalidRequest(`Invalid ${param}: must be one of ${allowed}`, { param });
  }
  if (issue.code === "too_small" && issue.input === "") {
    const message = `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`;
    return invalidRequest(message, { code: "parameter_invalid_empty", param });
  }
  if (issue.code === "invalid_type") {
    const expected = issue.expected === "record" ? "object" : issue.expected;
    return invalidRequest(`Invalid ${expected}: ${JSON.stringify(issue.input)}`, { param });
  }
  const code: unknown = issue.code === "custom" ? issue.params?.["stripe"] : undefined;
  return invalidRequest(issue.message, { param, ...(typeof code === "string" && { code }) });
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join("");
}
