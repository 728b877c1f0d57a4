import type { Request } from "express";
import { validationError } from "./validation.ts";

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The `Idempotency-Key` of a request, or null. @throws ServiceError `validation_failed` for one that cannot be kept */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && KEY.test(key)) return key;
  const message = "must be 1 to 255 visible ASCII characters, given once";
  throw validationError([{ path: "Idempotency-Key", code: "validation_failed", message }]);
}
