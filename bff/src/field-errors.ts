import { type ErrorCode, type FieldError, isErrorCode } from "@credits-kit/contract";
import type { z } from "zod";
import { ServiceError } from "./errors.ts";

type Issue = z.core.$ZodIssue;

/** No answer lists more faults than this. */
const MAX_ERRORS = 50;

/** The error that a request with these faults is answered with. */
export function validationError(errors: readonly FieldError[]): ServiceError {
  const [first] = errors;
  const shared =
    first && errors.every((error) => error.code === first.code) ? first.code : "validation_failed";
  const named = first
    ? `${first.path === "" ? "The body" : first.path} ${first.message}`
    : "The request is not valid";
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : "";
  return new ServiceError(shared, `${named}${more}.`, { errors: errors.slice(0, MAX_ERRORS) });
}

/** One field's fault, as the error that the request is answered with. */
export function fieldError(
  path: string,
  message: string,
  code: ErrorCode = "validation_failed",
): ServiceError {
  return validationError([{ path, code, message }]);
}

/** Faults as the API tells them: the path with dots, a code of ours, a sentence without its subject. */
export function fieldErrors(issues: readonly Issue[], input: unknown): FieldError[] {
  return issues.flatMap((issue) => errorsOf(issue, { input, base: [] }));
}

interface Place {
  readonly input: unknown;
  readonly base: readonly PropertyKey[];
}

function errorsOf(issue: Issue, place: Place): FieldError[] {
  const path = [...place.base, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, MAX_ERRORS).map((key) => fault([...path, key], "is not known"));
    case "invalid_union":
      return unionErrors(issue, { ...place, base: path });
    case "invalid_key":
      return issue.issues.map((inner) => fault(path, `is not a usable name: ${inner.message}`));
    case "custom":
      return [{ ...fault(path, issue.message), code: codeOf(issue) }];
    default:
      return [fault(path, messageOf(issue, valueAt(place.input, path)))];
  }
}

/** Of a union's branches the one is told that the input comes closest to, or the types that it could have. */
function unionErrors(issue: Extract<Issue, { code: "invalid_union" }>, place: Place): FieldError[] {
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const types = branches.map(([first]) =>
    first?.code === "invalid_type" && first.path.length === 0 ? first.expected : null,
  );
  if (branches.length === 0) return [fault(place.base, "is not one of the accepted forms")];
  if (types.every((type) => type !== null)) {
    const missing = valueAt(place.input, place.base) === undefined;
    return [
      fault(
        place.base,
        missing ? "is required" : `must be ${[...new Set(types.map(typeName))].join(" or ")}`,
      ),
    ];
  }
  const [closest = []] = branches.toSorted((left, right) => distance(left) - distance(right));
  return closest.flatMap((inner) => errorsOf(inner, place));
}

/** How little an input looks like a branch: keys that it does not know or misses, a type that differs. */
function distance(branch: readonly Issue[]): number {
  let sum = 0;
  for (const issue of branch) {
    if (issue.code === "unrecognized_keys" && issue.path.length === 0) sum += 10 * issue.keys.length;
    else if (issue.code === "invalid_type")
      sum += issue.path.length === 0 ? 100 : issue.path.length === 1 ? 10 : 1;
    else sum += 1;
  }
  return sum;
}

function messageOf(issue: Issue, value: unknown): string {
  if (issue.code === "invalid_type") {
    return value === undefined ? "is required" : `must be ${typeName(issue.expected)}`;
  }
  if (value === undefined && issue.code === "invalid_value") return "is required";
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_big" && issue.message.startsWith("Too big"))
    return `must be ${bound("at most", issue.maximum, issue.origin)}`;
  if (issue.code === "too_small" && issue.message.startsWith("Too small"))
    return `must be ${bound("at least", issue.minimum, issue.origin)}`;
  return issue.message;
}

function bound(words: string, limit: number | bigint, origin: string): string {
  if (origin === "string") return `${words} ${limit} characters long`;
  return origin === "array" ? `a list of ${words} ${limit}` : `${words} ${limit}`;
}

function typeName(expected: string): string {
  switch (expected) {
    case "string":
      return "text";
    case "array":
      return "a list";
    case "int":
      return "a whole number";
    case "boolean":
      return "true or false";
    case "object":
    case "record":
      return "an object";
    default:
      return `a ${expected}`;
  }
}

function fault(path: readonly PropertyKey[], message: string): FieldError {
  return { path: path.map(segment).join("."), code: "validation_failed", message };
}

/** A key that the caller made up is shown shortened, and without what could break a line of a log. */
function segment(key: PropertyKey): string {
  const text = String(key).replace(/[^\x20-\x7e]/g, "?");
  return text.length > 64 ? `${text.slice(0, 61)}...` : text;
}

function codeOf(issue: Extract<Issue, { code: "custom" }>): ErrorCode {
  const code: unknown = issue.params?.code;
  return typeof code === "string" && isErrorCode(code) ? code : "validation_failed";
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}
