import type { z } from "zod";
import { fieldErrors, validationError } from "../field-errors.ts";

/** What a schema makes of its input; nothing where there is no schema. */
export type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/**
 * Reads input by a schema.
 * @throws ServiceError `validation_failed`, or the one code that all faults share; every fault names its field
 */
export function parseBy<Schema extends z.ZodType | undefined>(schema: Schema, input: unknown): Parsed<Schema>;
export function parseBy(schema: z.ZodType | undefined, input: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw validationError(fieldErrors(result.error.issues, input));
}
