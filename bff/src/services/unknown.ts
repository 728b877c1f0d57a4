import { ServiceError } from "../errors.ts";
import { fieldError } from "../field-errors.ts";

/** The thing that a request is about, or names in a field, is not there. */
export function unknown(kind: string, path?: string): ServiceError {
  if (path === undefined) return new ServiceError("not_found", `There is no such ${kind}.`);
  return fieldError(path, `names a ${kind} that does not exist`, "not_found");
}
