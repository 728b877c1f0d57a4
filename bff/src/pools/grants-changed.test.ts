import assert from "node:assert/strict";
import { test } from "node:test";
import { type Grant, grant as grantSchema } from "@credits-kit/contract";
import { readBalances } from "../storage/pools/read-balances.ts";
import { listGrantRecords } from "../storage/pools/read-grants.ts";
import { oneEngine } from "../test-support/engines.ts";
import type { Outcome } from "./outcome.ts";
import { capture, event, grant, hold, pay, revoke, update } from "./test-support/commands.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

const HOUR_MS = 3_600_000;

oneEngine((engine) => {
  const money = setUpMoney(engine);

  test("a grant is revoked in parts and then whole; what was spent stays spent", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n);
    await pools.submit([given, event(customerId, "e", { quantity: 2_000_000n })]);
    const [part] = await pools.submit([revoke(customerId, given.grantId, 3n)]);
    assert.deepEqual(shown(part), ["active", "5", "3", "0"]);
    assert.deepEqual(told(await pools.submit([revoke(customerId, given.grantId, 6n)])), [
      "amount_out_of_range",
    ]);
    const [whole] = await pools.submit([revoke(customerId, given.grantId, null)]);
    assert.deepEqual(shown(whole), ["revoked", "0", "8", "0"]);
    const again = await pools.submit([revoke(customerId, given.grantId, null), event(customerId, "late")]);
    assert.deepEqual(told(again), ["state_conflict", "insufficient_credits"]);
  });

  test("the largest grant there is can be revoked", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n ** 12n);
    await pools.submit([given]);
    const [whole] = await pools.submit([revoke(customerId, given.grantId, null)]);
    assert.deepEqual(shown(whole), ["revoked", "0", "1000000000000", "0"]);
  });

  test("what a hold reserves of a revoked grant can be captured; what comes free is revoked then", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n);
    await pools.submit([given, hold(customerId, "h", 4n)]);
    const [revoked] = await pools.submit([revoke(customerId, given.grantId, null)]);
    assert.deepEqual(shown(revoked), ["revoked", "4", "6", "4"]);
    const [taken] = await money.writer().submit([capture(customerId, "h", 1n)]);
    assert.equal(taken?.kind === "applied" && taken.entry.balance, 3_000_000n);
    const [pool] = await readBalances(money.database.writer, { customerId, historyLength: 0 });
    assert.equal(pool?.balance, "0");
  });

  test("revocations between events of the same group happen in the order they were asked", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n);
    await pools.submit([given]);
    const outcomes = await pools.submit([
      event(customerId, "a"),
      revoke(customerId, given.grantId, 2n),
      event(customerId, "b"),
      update(customerId, given.grantId, { priority: 3 }),
      update(customerId, given.grantId, { priority: 4 }),
      revoke(customerId, given.grantId, null),
      event(customerId, "c"),
    ]);
    assert.deepEqual(told(outcomes), [
      "2: 9",
      "3: 7",
      "4: 6",
      "5: 6",
      "6: 6",
      "7: 0",
      "insufficient_credits",
    ]);
  });

  test("a changed grant burns by its new terms, in every process", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const first = grant(customerId, 10n);
    const second = grant(customerId, 10n);
    await pools.submit([first, second]);
    const expiresAt = Date.now() + HOUR_MS;
    const change = { priority: 5, expiresAt, reason: "moved", metadata: { why: "x" } };
    const [changed] = await pools.submit([update(customerId, first.grantId, change)]);
    assert.deepEqual(grantOf(changed).metadata, { why: "x" });
    assert.deepEqual([grantOf(changed).priority, grantOf(changed).reason], [5, "moved"]);
    assert.equal(grantOf(changed).expiresAt, new Date(expiresAt).toISOString());
    await pools.submit([event(customerId, "here", { quantity: 4_000_000n })]);
    await money.writer().submit([event(customerId, "there", { quantity: 7_000_000n })]);
    assert.deepEqual(await remaining(customerId), { [first.grantId]: 9_000_000n, [second.grantId]: 0n });
  });

  test("an illegal change is refused and changes nothing; ifSeq tells that the pool has moved", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n);
    await pools.submit([given]);
    const { grantId } = given;
    const outcomes = await pools.submit([
      update(customerId, grantId, { effectiveAt: Date.now() + HOUR_MS }),
      update(customerId, grantId, { expiresAt: Date.now() - 1 }),
      update(customerId, grantId, { priority: 1, ifSeq: 2 }),
      update(customerId, "gr_nothing", { priority: 1 }),
      update(customerId, grantId, { priority: 1, ifSeq: 1 }),
    ]);
    assert.deepEqual(told(outcomes), [
      "state_conflict",
      "validation_failed",
      "state_conflict",
      "not_found",
      "2: 10",
    ]);
  });

  test("credits that wait for their payment cannot be spent until it is confirmed", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n, { isPaymentPending: true });
    const [waiting] = await pools.submit([given]);
    assert.deepEqual(shown(waiting), ["payment_pending", "10", "0", "0"]);
    assert.deepEqual(told(await pools.submit([event(customerId, "early")])), ["insufficient_credits"]);
    const [paid] = await money.writer().submit([pay(customerId, given.grantId, "confirm_payment")]);
    assert.deepEqual(shown(paid), ["active", "10", "0", "0"]);
    const more = await pools.submit([
      pay(customerId, given.grantId, "confirm_payment"),
      event(customerId, "now"),
    ]);
    assert.deepEqual(told(more), ["state_conflict", "3: 9"]);
  });

  test("a disputed grant is frozen, what a hold frees of it too, and comes back when the dispute is won", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n);
    await pools.submit([given, hold(customerId, "h", 4n)]);
    const [frozen] = await pools.submit([pay(customerId, given.grantId, "freeze_grant")]);
    assert.deepEqual(shown(frozen), ["frozen", "4", "0", "4"]);
    await pools.submit([capture(customerId, "h", 1n)]);
    assert.deepEqual(told(await pools.submit([event(customerId, "e")])), ["insufficient_credits"]);
    const [won] = await money.writer().submit([pay(customerId, given.grantId, "unfreeze_grant")]);
    assert.deepEqual(shown(won), ["active", "9", "0", "0"]);
  });

  test("a lost dispute revokes what was frozen, and nothing twice", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 10n);
    await pools.submit([given, event(customerId, "e")]);
    await pools.submit([pay(customerId, given.grantId, "freeze_grant")]);
    const [lost] = await pools.submit([revoke(customerId, given.grantId, null)]);
    assert.deepEqual(shown(lost), ["revoked", "0", "9", "0"]);
    const again = await pools.submit([
      pay(customerId, given.grantId, "unfreeze_grant"),
      revoke(customerId, given.grantId, 1n),
    ]);
    assert.deepEqual(told(again), ["state_conflict", "state_conflict"]);
  });

  async function remaining(customerId: string): Promise<Record<string, bigint>> {
    const found: Record<string, bigint> = {};
    const asked = { filter: { customerId }, sort: "createdAt" } as const;
    const { rows } = await listGrantRecords(money.database.writer, asked, { limit: 100, from: null });
    for (const { record } of rows) found[record.grantId] = record.remaining;
    return found;
  }
});

function grantOf(outcome: Outcome | undefined): Grant {
  assert.ok(
    outcome?.kind === "applied",
    JSON.stringify(outcome, (_, value: unknown) => String(value)),
  );
  return grantSchema.parse(JSON.parse(outcome.answer ?? ""));
}

/** Status, what remains, what was revoked and what is held, as the caller is told. */
function shown(outcome: Outcome | undefined): string[] {
  const { status, remaining, revoked, held } = grantOf(outcome);
  return [status, remaining, revoked, held];
}
