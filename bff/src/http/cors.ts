import cors from "cors";
import type { RequestHandler } from "express";
import type { Config } from "../config.ts";

const LOCAL = [/^http:\/\/localhost(:\d{1,5})?$/, /^http:\/\/127\.0\.0\.1(:\d{1,5})?$/];

/**
 * Lets pages of allowed origins call the widget routes with a token in a header. Never with cookies, never for
 * whoever asks: an origin that is not on the list gets no header, and the browser keeps the answer from its page.
 */
export function widgetCors(allowedOrigins: Config["allowedOrigins"]): RequestHandler {
  return cors({
    origin: allowedOrigins === "local" ? LOCAL : [...allowedOrigins],
    methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowedHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID"],
    exposedHeaders: ["X-Request-Id", "Retry-After", "Idempotency-Replayed"],
    credentials: false,
    maxAge: 600,
  });
}
