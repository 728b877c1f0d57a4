import express, { type Request, type Response } from "express";
import { ServiceError } from "../errors.ts";

const MAX_BODY_BYTES = 1_048_576;
const MAX_DEPTH = 20;
const JSON_TYPE = /^application\/json[ \t]*(;[ \t]*charset[ \t]*=[ \t]*("utf-8"|utf-8)[ \t]*)?$/i;

// Bytes are read here rather than by express.json: that one takes other charsets and mends invalid UTF-8 silently.
const readBytes = express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false });
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a request's JSON body.
 * @throws ServiceError `unsupported_media_type`, `payload_too_large` (through Express) or `malformed_json`
 */
export async function readJson(request: Request, response: Response): Promise<unknown> {
  if (!JSON_TYPE.test(request.headers["content-type"] ?? "")) {
    throw new ServiceError(
      "unsupported_media_type",
      "Send JSON in UTF-8 with Content-Type: application/json.",
    );
  }
  await new Promise<void>((resolve, reject) => {
    readBytes(request, response, (error?: unknown) => {
      if (error === undefined || error === null) resolve();
      else reject(error instanceof Error ? error : new Error("the body could not be read"));
    });
  });
  const bytes: unknown = request.body;
  // An empty body is not handed on by the reader.
  const value = parse(bytes instanceof Uint8Array ? bytes : new Uint8Array());
  if (isDeeperThan(value, MAX_DEPTH)) {
    throw new ServiceError("malformed_json", `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    return value;
  } catch {
    // The parser's message quotes the body, so it is neither sent nor logged.
    throw new ServiceError("malformed_json", "The body is not valid JSON in UTF-8.");
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}
