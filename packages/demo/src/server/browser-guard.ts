import type { RequestHandler } from "express";
import { DemoProblem } from "./problems.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Who serves what the page is made of, besides itself. */
export interface PageOrigins {
  readonly creditsOrigin: string;
  /** Where the payment form comes from. */
  readonly stripeOrigin: string;
}

/** Nothing inline, nothing from elsewhere: scripts and calls go to this origin, the credits server and Stripe only. */
export function securityHeaders({ creditsOrigin, stripeOrigin }: PageOrigins): RequestHandler {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${creditsOrigin} ${stripeOrigin}`,
    `frame-src ${stripeOrigin}`,
    `connect-src 'self' ${creditsOrigin}`,
    `style-src 'self' ${creditsOrigin}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html",
  ].join("; ");
  return (_request, response, next) => {
    response.set({
      "Content-Security-Policy": policy,
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Referrer-Policy": "same-origin",
      "X-Content-Type-Options": "nosniff",
    });
    next();
  };
}

/**
 * Lets only this origin's own pages change things. Browsers put `Origin` on every POST; a caller without one is no
 * browser and carries nobody's cookies. Unknown hosts are refused as well, else a rebound DNS name would pass.
 */
export function originGuard(publicUrl: string | undefined): RequestHandler {
  const publicOrigin = publicUrl && new URL(publicUrl).origin;
  return (request, _response, next) => {
    const { origin } = request.headers;
    if (request.method === "GET" || origin === undefined) return next();
    const isOurs =
      origin === publicOrigin || (isLoopback(origin) && new URL(origin).host === request.headers.host);
    if (!isOurs)
      throw new DemoProblem(403, "forbidden", { detail: "Only pages of this studio may do that." });
    next();
  };
}

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK.has(new URL(origin).hostname);
}

/** Refuses bodies that are not JSON: other types cross origins without a preflight. */
export const jsonOnly: RequestHandler = (request, _response, next) => {
  if (request.is("application/json") === "application/json") return next();
  throw new DemoProblem(415, "unsupported_media_type", { detail: "Send JSON." });
};
