import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Scenario } from "../test-support/scenario.ts";
import { changeGrant } from "./change-grant.ts";
import { decide } from "./decide.ts";
import type { Command, Decision } from "./commands.ts";

const burn = (amount: bigint, occurredAt = 0) =>
  ({ kind: "consume", amount, limit: "soft", occurredAt }) as const;
const closedBy = ({ closed }: Decision) => closed.map(({ id, revoked, isFrozen }) => [id, revoked, isFrozen]);

describe("a grant that ceases to matter", () => {
  test("is handed over as it was left, by the decision that left it so", () => {
    const pool = new Scenario();
    pool.grant("a", 4);
    pool.grant("b", 4);
    pool.revoke("a", 1);
    assert.deepEqual(decide(pool.pool, burn(2n), 0).closed, []);
    const [closed, ...others] = decide(pool.pool, burn(5n), 0).closed;
    assert.deepEqual(closed, { ...pool.pool.grants[0], remaining: 0n });
    assert.deepEqual(others, []);
  });

  test("is one that is spent, repaid with, expired or revoked, and not one that is held, frozen or waits", () => {
    const pool = new Scenario();
    pool.grant("expires", 2, { expiresAt: 50, priority: 1 });
    pool.grant("revoked", 2, { priority: 2 });
    pool.grant("held", 2);
    pool.hold("h", 2);
    pool.revoke("held");
    pool.grant("frozen", 2);
    pool.freeze("frozen");
    pool.grant("unpaid", 2, { isPaymentPending: true });
    pool.grant("later", 2, { effectiveAt: 900 });
    const revoked = decide(pool.pool, { kind: "revoke", grantKey: 2, amount: null, closed: null }, 50);
    assert.deepEqual(closedBy(revoked), [
      ["expires", 0n, false],
      ["revoked", 2n, false],
    ]);
    assert.deepEqual(
      revoked.pool.grants.map((grant) => grant.id),
      ["held", "frozen", "unpaid", "later"],
    );
    const neverBegun = decide(pool.pool, { kind: "revoke", grantKey: 9, amount: null, closed: null }, 0);
    assert.deepEqual(closedBy(neverBegun), [["later", 2n, false]]);
  });

  test("and is asked about by a command that did not know yet is found as it was left", () => {
    const pool = new Scenario();
    pool.consume(5, "soft");
    pool.grant("a", 5, { effectiveAt: 50 });
    const about = { grantKey: 2, closed: null };
    const update: Command = { kind: "update_grant", priority: 7, ...about };
    assert.equal(decide(pool.pool, update, 50).closed[0]?.priority, 7);
    assert.deepEqual(closedBy(decide(pool.pool, { kind: "freeze", ...about }, 50)), [["a", 0n, true]]);
  });

  test("and comes back within one decision is not handed over", () => {
    const pool = new Scenario();
    pool.consume(5, "soft");
    pool.grant("a", 5, { effectiveAt: 50 });
    const command = { kind: "reverse", seq: 1, draws: [], overage: 5n, repaid: [], closed: [] } as const;
    const decision = decide(pool.pool, command, 50);
    assert.deepEqual(decision.closed, []);
    assert.equal(decision.pool.grants[0]?.remaining, 5n);
  });

  test("and comes back and goes again is handed over once, as it was left last", () => {
    const pool = new Scenario();
    pool.grant("a", 5);
    pool.consume(5);
    pool.consume(5, "soft");
    pool.reverse(2);
    assert.equal(pool.ledger.at(-1), "overage_repaid 0 = 0, a -5");
    assert.equal(pool.carries("a"), false);
    assert.equal(pool.update("a", { priority: 3 }), null);
  });

  test("is changed elsewhere, with the pool's rules: what is not given stays", () => {
    const pool = new Scenario();
    pool.grant("a", 5, { expiresAt: 50 });
    const [grant] = decide(pool.pool, burn(5n), 0).closed;
    assert.ok(grant);
    assert.deepEqual(changeGrant(grant, { grantKey: 1 }), grant);
    assert.deepEqual(changeGrant(grant, { grantKey: 1, expiresAt: null, priority: 2 }), {
      ...grant,
      ...{ expiresAt: null, priority: 2 },
    });
    const change = {
      grantKey: 1,
      effectiveAt: 9,
      isPaymentPending: false,
      isFrozen: true,
      isRevoked: true,
    } as const;
    const { grantKey: _, ...changed } = change;
    const frozen = changeGrant({ ...grant, isPaymentPending: true, revoked: 1n }, { ...change, revoked: 2n });
    assert.deepEqual(frozen, { ...grant, ...changed, revoked: 3n });
    assert.equal(changeGrant(frozen, { grantKey: 1, isFrozen: false }).isFrozen, false);
  });
});

test("who asks about a grant that the pool no longer carries must say how it was left", () => {
  const pool = new Scenario();
  pool.grant("a", 5);
  pool.consume(5);
  assert.throws(
    () => decide(pool.pool, { kind: "freeze", grantKey: 1, closed: null }, 0),
    /^Error: the pool does not carry grant 1/,
  );
});
