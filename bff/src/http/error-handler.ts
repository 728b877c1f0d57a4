import type { ErrorRequestHandler, RequestHandler } from "express";
import { ServiceError } from "../errors.ts";
import { translateError } from "../services/translate-error.ts";
import { loggable } from "./logger.ts";
import { sendProblem } from "./problem.ts";
import { contextOf } from "./request-context.ts";

/** Answers what no route answered. */
export const notFound: RequestHandler = () => {
  throw new ServiceError("not_found", "There is nothing at this address.");
};

/** Turns every error into a problem document. What nobody foresaw tells the caller nothing but its request id. */
export function errorHandler({ publicUrl }: { publicUrl: string }): ErrorRequestHandler {
  // eslint-disable-next-line max-params -- Express tells an error handler by its four parameters.
  return (thrown: unknown, request, response, _next) => {
    const error = fromExpress(thrown) ?? translateError(thrown);
    const { logger, requestId } = contextOf(request);
    if (error.status >= 500) {
      const level = error.code === "internal" ? "error" : "warn";
      logger[level]({ requestId, error: loggable(error.cause ?? thrown) }, error.code);
    }
    // Express would end it the same way, and write the error to the console in full.
    if (response.headersSent) response.destroy();
    else sendProblem(error, { request, response, publicUrl });
  };
}

/** Express and its body parser throw errors with a status of their own; only that much of them is used. */
function fromExpress(thrown: unknown): ServiceError | null {
  if (!(thrown instanceof Error) || thrown instanceof ServiceError) return null;
  const type = "type" in thrown ? thrown.type : null;
  if (type === "entity.too.large")
    return new ServiceError("payload_too_large", "The body is larger than 1 MB.");
  if (type === "encoding.unsupported") {
    return new ServiceError("unsupported_media_type", "Send the body without a content encoding.");
  }
  const status = "status" in thrown ? thrown.status : null;
  if (typeof status !== "number" || status < 400 || status >= 500) return null;
  return new ServiceError("bad_request", "The request could not be read: check the address and the headers.");
}
