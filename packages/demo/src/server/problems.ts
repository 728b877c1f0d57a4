import { CreditsApiError } from "@credits-kit/client/server";
import type { ErrorRequestHandler } from "express";
import { z } from "zod";

/** Why the demo refused something; sent as JSON with a code that its page switches over. */
export class DemoProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly extra: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    { detail, ...extra }: { detail: string; [key: string]: unknown },
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.extra = extra;
  }
}

/** The last handler: every failure becomes JSON, and what is not ours to tell stays here. */
// eslint-disable-next-line max-params -- Express knows an error handler by its four parameters
export const answerProblem: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  const problem = problemOf(error);
  response.status(problem.status).json({ code: problem.code, detail: problem.message, ...problem.extra });
};

function problemOf(error: unknown): DemoProblem {
  if (error instanceof DemoProblem) return error;
  if (error instanceof z.ZodError) {
    return new DemoProblem(422, "validation_failed", { detail: z.prettifyError(error) });
  }
  if (error instanceof CreditsApiError) {
    return new DemoProblem(502, "credits_unavailable", {
      detail: "The credits server did not answer as it should.",
      cause: error.code,
      requestId: error.requestId,
    });
  }
  const status = statusOf(error);
  if (status >= 400 && status < 500) {
    return new DemoProblem(status, "bad_request", { detail: "The request could not be read." });
  }
  return new DemoProblem(500, "internal", { detail: "Something went wrong on our side." });
}

/** Express and its body parser mark their errors with a status. */
function statusOf(error: unknown): number {
  return typeof error === "object" && error !== null && "status" in error && typeof error.status === "number"
    ? error.status
    : 500;
}
