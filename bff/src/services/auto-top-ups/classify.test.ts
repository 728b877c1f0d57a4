import assert from "node:assert/strict";
import { test } from "node:test";
import { classifyFailure } from "./classify.ts";

const kindOf = (code: string, declineCode: string | null = null) =>
  classifyFailure({ code, declineCode, message: "" });

test("pitfall 14: a card that is lost, stolen or expired is never tried again, one without funds is", () => {
  for (const declineCode of ["lost_card", "stolen_card", "pickup_card", "fraudulent"])
    assert.equal(kindOf("card_declined", declineCode), "hard", declineCode);
  assert.equal(kindOf("expired_card", "expired_card"), "hard");
  for (const declineCode of ["insufficient_funds", "generic_decline", "do_not_honor", "something_new"])
    assert.equal(kindOf("card_declined", declineCode), "soft", declineCode);
  assert.equal(kindOf("processing_error"), "soft");
});

test("a card that is not there is told from one that was declined", () => {
  assert.equal(kindOf("no_saved_card"), "no_card");
  assert.equal(kindOf("resource_missing"), "gone");
  assert.equal(kindOf("amount_too_small"), "refused");
  assert.equal(kindOf("never_made"), "outage");
});
