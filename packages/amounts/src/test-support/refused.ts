import assert from "node:assert/strict";
import { AmountError } from "../amount-error.ts";

/** Asserts that reading an amount is refused with this code, and says so in words that a person can use. */
export function assertRefused(read: () => unknown, code: AmountError["code"]): void {
  assert.throws(read, (error) => {
    assert.ok(error instanceof AmountError, `expected an AmountError, got ${String(error)}`);
    assert.equal(error.code, code);
    assert.notEqual(error.message, "");
    return true;
  });
}
