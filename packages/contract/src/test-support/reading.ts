import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { z } from "zod";
import { isErrorCode } from "../errors.ts";

/** Asserts that an input is taken, and returns what it is read as. */
export function taken<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  assert.ok(result.success, `refused: ${JSON.stringify(result.error?.issues)}`);
  return result.data;
}

/** What stands at a dotted path of a value, or undefined. */
export function part(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((whole, key) => {
    return typeof whole === "object" && whole !== null
      ? Object.getOwnPropertyDescriptor(whole, key)?.value
      : undefined;
  }, value);
}

/** Asserts that an input is refused, each fault told as `path: code`, the way that the API tells it. */
export function assertRefused(schema: z.ZodType, input: unknown, ...faults: string[]): void {
  const result = schema.safeParse(input);
  if (result.success) assert.fail(`taken as ${shown(result.data)}`);
  const told = new Set(
    result.error.issues.flatMap((issue) => pathsOf(issue).map((path) => `${path}: ${codeOf(issue)}`)),
  );
  assert.deepEqual([...told].sort(), faults.sort(), shown(result.error.issues));
}

/** Most faults are told with the code `validation_failed`. */
export function invalid(path: string): string {
  return `${path}: validation_failed`;
}

function pathsOf(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code !== "unrecognized_keys") return [path.join(".")];
  return issue.keys.map((key) => [...path, key].join("."));
}

function codeOf(issue: z.core.$ZodIssue): string {
  const code: unknown = issue.code === "custom" ? issue.params?.["code"] : undefined;
  if (code === undefined) return "validation_failed";
  assert.ok(typeof code === "string" && isErrorCode(code), `${inspect(code)} is no code of ours`);
  return code;
}

function shown(value: unknown): string {
  return inspect(value).slice(0, 500);
}
