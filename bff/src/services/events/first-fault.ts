import { type ErrorCode, isErrorCode } from "@credits-kit/contract";
import type { z } from "zod";

/** What is wrong with an item, and where: the first fault that zod found. */
export function firstFault(error: z.ZodError, item: unknown): { code: ErrorCode; path: string; message: string } {
  const [issue] = error.issues;
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    return { code: "validation_failed", path: "", message: "must be an object" };
  }
  if (!issue) return { code: "validation_failed", path: "", message: "is not valid" };
  if (issue.code === "unrecognized_keys") {
    return { code: "validation_failed", path: issue.keys[0] ?? "", message: "is not known here" };
  }
  const path = issue.path.join(".");
  const message = issue.code === "invalid_union" ? "must be a decimal string or a number" : issue.message;
  return { code: codeOf(issue), path, message };
}

function codeOf(issue: z.core.$ZodIssue): ErrorCode {
  const code: unknown = issue.code === "custom" ? issue.params?.code : undefined;
  return typeof code === "string" && isErrorCode(code) ? code : "validation_failed";
}
