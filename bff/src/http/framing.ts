import type { RequestHandler } from "express";
import { ServiceError } from "../errors.ts";

/** Refuses a transfer encoding that Node's parser lets through unread: a proxy before us may read it otherwise. */
export const strictFraming: RequestHandler = (request, response, next) => {
  const encoding = request.headers["transfer-encoding"];
  if (encoding === undefined || encoding.toLowerCase() === "chunked") return next();
  response.setHeader("Connection", "close");
  throw new ServiceError("bad_request", "The request's transfer encoding is not chunked.");
};
