import type { Request } from "express";
import { fieldError } from "../field-errors.ts";

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The `Idempotency-Key` of a request, or null. @throws ServiceError `validation_failed` for one that cannot be kept */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && KEY.test(key)) return key;
  throw fieldError("Idempotency-Key", "must be 1 to 255 visible ASCII characters, given once");
}
