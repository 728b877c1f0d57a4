import { type DestinationStream, type Logger, pino } from "pino";
import type { Config } from "../config.ts";

/** Writes JSON lines to the standard error, so that the standard output stays for what a person is told. */
export function createLogger(level: Config["logLevel"], destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    // Nobody logs headers here; should someone start to, these stay out.
    redact: [
      "authorization",
      "cookie",
      "*.authorization",
      "*.cookie",
      "*.headers.authorization",
      "*.headers.cookie",
    ],
  };
  return pino(options, destination ?? pino.destination(2));
}

/**
 * What may be logged of an error. Never all of it: a parser's error holds the body, a driver's the parameters, and
 * the message of a database error quotes values.
 */
export function loggable(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const fromDatabase = "severity" in error;
  return {
    name: error.name,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    ...("constraint" in error && typeof error.constraint === "string"
      ? { constraint: error.constraint }
      : {}),
    ...(fromDatabase ? {} : { message: error.message }),
    stack: (error.stack ?? "")
      .split("\n")
      .filter((line) => line.startsWith("    at "))
      .slice(0, 12),
    ...(error.cause !== undefined && depth < 2 ? { cause: loggable(error.cause, depth + 1) } : {}),
  };
}
