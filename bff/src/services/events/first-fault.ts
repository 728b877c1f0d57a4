import type { FieldError } from "@credits-kit/contract";
import type { z } from "zod";
import { fieldErrors } from "../../field-errors.ts";

/** What is wrong with an item, and where: of several faults the first. */
export function firstFault(error: z.ZodError, item: unknown): FieldError {
  const [fault] = fieldErrors(error.issues, item);
  return fault ?? { path: "", code: "validation_failed", message: "is not valid" };
}
