import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { dueAfterEach, planTakings, type Pot, type Standing } from "./plan.ts";
import { freezes, isNotOlder, takesBack } from "./standing.ts";

const CREDITS = 500_000_000n;
const PAID = 700n;

type Reversal = Standing["reversals"][number];

function refund(id: string, amount: bigint, status = "succeeded"): Reversal {
  return {
    ...{ customer_id: "lena", reversal_id: id, kind: "refund", top_up_id: "top", payment_id: "pi" },
    ...{ amount_minor: String(amount), currency: "usd", status, reason: null },
    ...{ happened_at: new Date(0), looked_at: new Date(0), restored_grant_id: null, restored_credits: null },
  };
}

function pot(part: Partial<Pot["record"]> = {}): Pot {
  const record: Pot["record"] = {
    ...{ customerId: "lena", poolNo: 1, creditTypeId: "credits", resourceId: "", key: 1, grantId: "gr" },
    ...{ amount: CREDITS, category: "paid", priority: 0, effectiveAt: 0, expiresAt: null, costBasis: null },
    ...{ reason: null, externalReference: null, metadata: {}, actor: { kind: "system", id: "x" } },
    ...{ source: { kind: "top_up", id: "top" }, createdAt: 0, updatedAt: 0, remaining: CREDITS, held: 0n },
    ...{ frozen: 0n, revoked: 0n, expired: 0n, activated: true, isPaymentPending: false, isFrozen: false },
    isRevoked: false,
    ...part,
  };
  return { record, now: 1 };
}

/** A payment of 7.00 for 500 credits. */
function standing(part: Partial<Omit<Standing, "order">>): Standing {
  const order = { customer_id: "lena", top_up_id: "top", credits: String(CREDITS), currency: "usd" };
  const money = { paid_minor: String(PAID), tax_minor: null, grant_id: "gr" };
  return { order: { ...order, ...money }, reversals: [], takings: [], pots: [pot()], ...part };
}

const amounts = fc.array(fc.bigInt(1n, 400n), { minLength: 1, maxLength: 8 });

test("partial refunds take the whole part of all of them together, and never more than was bought", () => {
  fc.assert(
    fc.property(amounts, (cents) => {
      const reversals = cents.map((amount, index) => refund(`re_${index}`, amount));
      const back = cents.reduce((sum, amount) => sum + amount, 0n);
      const expected = back >= PAID ? CREDITS : (CREDITS * back) / PAID;
      const planned = planTakings(standing({ reversals }));
      assert.equal(
        planned.reduce((sum, { amount }) => sum + BigInt(amount), 0n),
        expected,
      );
      assert.equal(new Set(planned.map((taking) => taking.command_id)).size, planned.length);
      assert.equal(dueAfterEach(standing({ reversals })).at(-1)?.due, expected);
    }),
  );
});

test("what was decided and is not done yet is not decided again", () => {
  fc.assert(
    fc.property(amounts, (cents) => {
      const reversals = cents.map((amount, index) => refund(`re_${index}`, amount));
      const open = planTakings(standing({ reversals })).map((taking) => ({
        ...taking,
        amount: String(taking.amount),
        taken: null,
        created_at: new Date(0),
      }));
      assert.deepEqual(planTakings(standing({ reversals, takings: open })), []);
    }),
  );
});

test("never more is taken than is there, and what holds reserve only when all money is back", () => {
  const there = pot({ remaining: 90_000_000n, held: 60_000_000n });
  const [partly] = planTakings(standing({ reversals: [refund("re", 350n)], pots: [there] }));
  assert.deepEqual([partly?.amount, partly?.takes_held], [30_000_000n, false]);
  const [all] = planTakings(standing({ reversals: [refund("re", 700n)], pots: [there] }));
  assert.deepEqual([all?.amount, all?.takes_held], [30_000_000n, true]);
  const gone = [pot({ isRevoked: true }), pot({ expiresAt: 1 })];
  for (const each of gone)
    assert.deepEqual(planTakings(standing({ reversals: [refund("re", 700n)], pots: [each] })), []);
});

test("what was revoked by hand counts: nobody loses the same credits twice", () => {
  const pots = [pot({ remaining: 300_000_000n, revoked: 200_000_000n })];
  const [taking] = planTakings(standing({ reversals: [refund("re", 350n)], pots }));
  assert.equal(taking?.amount, 50_000_000n);
});

test("pitfall 7: a refund or dispute never goes back to where it was", () => {
  assert.ok(isNotOlder(undefined, "pending"));
  assert.ok(isNotOlder("pending", "succeeded"));
  assert.ok(isNotOlder("succeeded", "failed"));
  assert.ok(!isNotOlder("failed", "succeeded"));
  assert.ok(!isNotOlder("succeeded", "pending"));
  assert.ok(isNotOlder("warning_needs_response", "needs_response"));
  assert.ok(!isNotOlder("won", "under_review"));
  assert.ok(!isNotOlder("lost", "needs_response"));
  assert.ok(isNotOlder("lost", "won"));
});

test("pitfall 21: only a dispute that is lost takes, and only one that is open freezes", () => {
  const of = (status: string) => ({ kind: "dispute" as const, status });
  const all = ["warning_needs_response", "warning_under_review", "warning_closed", "needs_response"];
  all.push("under_review", "won", "lost", "prevented");
  assert.deepEqual(
    all.filter((status) => takesBack(of(status))),
    ["lost"],
  );
  assert.deepEqual(
    all.filter((status) => freezes(of(status))),
    ["needs_response", "under_review"],
  );
});
