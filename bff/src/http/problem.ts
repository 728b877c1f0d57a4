import { ERROR_CODES, type Problem } from "@credits-kit/contract";
import type { Request, Response } from "express";
import type { ServiceError } from "../errors.ts";
import { contextOf } from "./request-context.ts";

/** The problem document of an error. Its details come first, so that none of them can replace a fixed member. */
export function problemOf(error: ServiceError, about: { requestId: string; publicUrl: string }): Problem {
  const { status, title } = ERROR_CODES[error.code];
  return {
    ...error.details,
    type: `${about.publicUrl}/docs/errors#${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    requestId: about.requestId,
    ...(error.errors.length > 0 ? { errors: [...error.errors] } : {}),
  };
}

/** Sends an error as `application/problem+json`. */
export function sendProblem(
  error: ServiceError,
  to: { request: Request; response: Response; publicUrl: string },
): void {
  const { request, response, publicUrl } = to;
  const { requestId } = contextOf(request);
  if (error.code === "unauthenticated") response.setHeader("WWW-Authenticate", "Bearer");
  if (error.retryAfterSeconds !== null) response.setHeader("Retry-After", String(error.retryAfterSeconds));
  response.setHeader("Cache-Control", "no-store");
  response
    .status(error.status)
    .type("application/problem+json")
    .send(JSON.stringify(problemOf(error, { requestId, publicUrl })));
}
