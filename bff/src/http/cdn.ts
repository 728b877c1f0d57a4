import express, { type RequestHandler, Router } from "express";
import { ServiceError } from "../errors.ts";

/** The widgets' bundles: where they lie, and the version that they are served under. */
export interface Cdn {
  readonly directory: string;
  readonly version: string;
}

const FILE = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/;
const LATEST_SECONDS = 300;

const readOnly: RequestHandler = (request, response, next) => {
  if (request.method === "GET" || request.method === "HEAD") return next();
  response.setHeader("Allow", "GET, HEAD");
  throw new ServiceError("method_not_allowed", "This address takes GET and HEAD.");
};

/** Bundles hold no data and no secret: any page may load them, as a module (CORS) or as a plain script (CORP). */
const forEveryone: RequestHandler = (_request, response, next) => {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
  // The file server sets its own, unless there is one.
  response.removeHeader("Cache-Control");
  next();
};

/**
 * Serves `/<version>/…`, which never changes and may be kept for ever, and sends `/latest/…` to it, for five minutes
 * at a time.
 */
export function cdn({ directory, version }: Cdn): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use(readOnly, forEveryone);
  router.get("/latest/*file", (request, response) => {
    const file = [request.params.file].flat().join("/");
    if (!FILE.test(file)) throw new ServiceError("not_found", "There is no such file.");
    response.setHeader("Cache-Control", `public, max-age=${LATEST_SECONDS}`);
    response.redirect(302, `${request.baseUrl}/${version}/${file}`);
  });
  router.use(
    `/${version}`,
    express.static(directory, {
      immutable: true,
      maxAge: "365d",
      index: false,
      redirect: false,
      dotfiles: "ignore",
    }),
  );
  return router;
}
