import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ERROR_CODES, isErrorCode, problem } from "./errors.ts";
import { assertRefused, invalid, taken } from "./test-support/reading.ts";

/** As CONTRACT.md promises them; codes are stable, so that a change here breaks somebody. */
const promised: Record<number, string[]> = {
  400: ["malformed_json"],
  401: ["unauthenticated"],
  402: ["insufficient_credits", "card_declined", "authentication_required"],
  403: ["forbidden", "insufficient_scope"],
  404: ["not_found"],
  405: ["method_not_allowed"],
  409: [
    "already_exists",
    "idempotency_conflict",
    "idempotency_in_progress",
    "event_id_conflict",
    "no_active_subscription",
    "state_conflict",
    "hold_closed",
    "in_use",
  ],
  413: ["payload_too_large"],
  415: ["unsupported_media_type"],
  422: [
    "validation_failed",
    "feature_not_mapped",
    "timestamp_out_of_window",
    "amount_out_of_range",
    "currency_mismatch",
  ],
  429: ["rate_limited"],
  503: ["overloaded"],
};

describe("error codes", () => {
  for (const [status, codes] of Object.entries(promised)) {
    test(`of ${status} are ${codes.join(", ")}`, () => {
      for (const code of codes) {
        assert.ok(isErrorCode(code), `${code} is missing`);
        assert.equal(ERROR_CODES[code].status, Number(status));
      }
    });
  }

  test("each have a title that says something to a person", () => {
    for (const { title } of Object.values(ERROR_CODES)) assert.match(title, /^[A-Z].{5,}[^.]$/);
  });

  test("are not what every object has by itself", () => {
    for (const name of ["toString", "constructor", "__proto__", ""]) assert.equal(isErrorCode(name), false);
  });
});

test("a problem carries its code, its status and the fields at fault", () => {
  const example = {
    type: "https://example.com/errors/validation_failed",
    title: "The request is not valid",
    status: 422,
    code: "validation_failed",
    detail: "amount must be more than 0.",
    requestId: "req_1",
    errors: [{ path: "amount", code: "amount_out_of_range", message: "must be at most 10^12 credits" }],
  };
  assert.deepEqual(taken(problem, example), example);
  assertRefused(problem, { ...example, code: "oops" }, invalid("code"));
});

test("a problem says what an action would have cost, or what keeps a thing in use", () => {
  const base = { type: "about:blank", title: "No", detail: "No.", requestId: "req_1" };
  for (const more of [
    { status: 402, code: "insufficient_credits", required: "10", available: "2.5" },
    { status: 409, code: "in_use", usedBy: [{ kind: "plan", id: "pro" }] },
  ]) {
    assert.deepEqual(taken(problem, { ...base, ...more }), { ...base, ...more });
  }
});
