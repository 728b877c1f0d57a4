import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { ulid } from "ulid";

/** What is known of a request besides what Express knows. */
export interface RequestContext {
  readonly requestId: string;
  readonly logger: Logger;
  /** The operation that serves it, once found. */
  operation: string | null;
  /** Who asks, once known. */
  actor: string | null;
}

const contexts = new WeakMap<Request, RequestContext>();

/** The context that `requestContext` gave to the request. */
export function contextOf(request: Request): RequestContext {
  const context = contexts.get(request);
  if (!context) throw new Error("the request has no context: requestContext must come first");
  return context;
}

/** Gives every request its id and logs how it ended. The caller's own ids are not taken over. */
export function requestContext(logger: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const requestId = `req_${ulid()}`;
    const context: RequestContext = { requestId, logger, operation: null, actor: null };
    contexts.set(request, context);
    response.setHeader("X-Request-Id", requestId);
    const startedAt = performance.now();
    response.once("close", () => {
      const { operation, actor } = context;
      const durationMs = Math.round(performance.now() - startedAt);
      // The path itself is left out: it holds customers' ids, which are people's at times.
      const line = {
        requestId,
        method: request.method,
        operation,
        actor,
        status: response.statusCode,
        durationMs,
      };
      if (response.statusCode >= 500) logger.error(line, "request failed");
      else logger.debug(line, "request");
    });
    next();
  };
}
