import assert from "node:assert/strict";
import { test } from "node:test";
import { type ReversedEvent, reversedEvent } from "@credits-kit/contract";
import { eachEngine, eventually } from "../test-support/index.ts";
import type { Outcome } from "./outcome.ts";
import { consume, event, grant, pay, reverse, revoke } from "./test-support/commands.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

const CREDIT = 1_000_000n;

eachEngine((engine) => {
  const money = setUpMoney(engine);

  test("an event is taken back once: to exactly the grants that paid", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const promo = grant(customerId, 3n, { category: "promo" });
    const paid = grant(customerId, 10n);
    await pools.submit([promo, paid, event(customerId, "e", { quantity: 5n * CREDIT })]);
    const [taken] = await money.writer().submit([reverse(customerId, "e")]);
    const { restored, lost, ...answer } = answerOf(taken);
    assert.deepEqual([answer.delta, answer.balance, answer.seq], ["5", "13", 4]);
    assert.deepEqual(restored, [
      { grantId: promo.grantId, amount: "3" },
      { grantId: paid.grantId, amount: "2" },
    ]);
    assert.deepEqual(lost, []);
    const again = await pools.submit([reverse(customerId, "e"), reverse(customerId, "nothing")]);
    assert.deepEqual(told(again), ["state_conflict", "not_found"]);
    assert.deepEqual(told(await pools.submit([event(customerId, "e", { quantity: 5n * CREDIT })])), [
      "duplicate of 3, now 4: 13",
    ]);
  });

  test("of many reversals at once one is carried out, in one group and from two processes", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(customerId, 10n), event(customerId, "e")]);
    const calls = [pools, money.writer()].flatMap((writer) =>
      Array.from({ length: 8 }, () => writer.submit([reverse(customerId, "e")])),
    );
    const outcomes = told((await Promise.all(calls)).flat());
    assert.deepEqual(outcomes.toSorted(), ["3: 10", ...Array<string>(15).fill("state_conflict")]);
  });

  test("an event may be reported and taken back in the same breath", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const outcomes = await pools.submit([
      grant(customerId, 10n),
      event(customerId, "e"),
      reverse(customerId, "e"),
      reverse(customerId, "e"),
      event(customerId, "after"),
    ]);
    assert.deepEqual(told(outcomes), ["1: 10", "2: 9", "3: 10", "state_conflict", "4: 9"]);
  });

  test("what a gone grant paid is lost, and the answer says so", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const short = grant(customerId, 2n, { expiresAt: Date.now() + 900 });
    const gone = grant(customerId, 3n);
    const stays = grant(customerId, 10n);
    await pools.submit([short, gone, stays, event(customerId, "e", { quantity: 6n * CREDIT })]);
    await pools.submit([grant(customerId, 1n, { category: "promo" })]);
    await pools.submit([event(customerId, "other")]);
    await eventually("the expiry", () => Date.now() > (short.expiresAt ?? 0));
    assert.deepEqual(told(await pools.submit([revoke(customerId, gone.grantId, null)])), ["state_conflict"]);
    const [taken] = await pools.submit([reverse(customerId, "e")]);
    const { restored, lost, delta } = answerOf(taken);
    assert.equal(delta, "4");
    assert.deepEqual(restored, [
      { grantId: gone.grantId, amount: "3" },
      { grantId: stays.grantId, amount: "1" },
    ]);
    assert.deepEqual(lost, [{ grantId: short.grantId, amount: "2", reason: "expired" }]);
  });

  test("overage that was repaid since goes back to the grant that repaid it", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const first = grant(customerId, 2n);
    await pools.submit([first, event(customerId, "deep", { quantity: 7n * CREDIT, limit: "soft" })]);
    await pools.submit([event(customerId, "deeper", { quantity: 1n * CREDIT, limit: "soft" })]);
    const next = grant(customerId, 6n);
    await pools.submit([next]);
    assert.deepEqual(told(await pools.submit([consume(customerId, "c", 1n)])), ["insufficient_credits"]);
    const [taken] = await money.writer().submit([reverse(customerId, "deep")]);
    const { restored, delta, balance } = answerOf(taken);
    assert.deepEqual([delta, balance], ["7", "7"]);
    assert.deepEqual(restored, [
      { grantId: next.grantId, amount: "5" },
      { grantId: first.grantId, amount: "2" },
    ]);
    assert.deepEqual(told(await pools.submit([consume(customerId, "d", 7n)])), ["8: 0"]);
  });

  test("what a gone grant repaid is lost once, however many of its debts are taken back", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const older = grant(customerId, 5n);
    const newer = grant(customerId, 6n);
    await pools.submit([
      event(customerId, "a", { quantity: 5n * CREDIT, limit: "soft" }),
      event(customerId, "b", { quantity: 5n * CREDIT, limit: "soft" }),
    ]);
    await pools.submit([older, newer]);
    await pools.submit([revoke(customerId, newer.grantId, null)]);
    const first = answerOf((await pools.submit([reverse(customerId, "a")]))[0]);
    assert.deepEqual(first.restored, [{ grantId: older.grantId, amount: "5" }]);
    assert.deepEqual(first.lost, []);
    const second = answerOf((await pools.submit([reverse(customerId, "b")]))[0]);
    assert.deepEqual([second.restored, second.delta], [[], "0"]);
    assert.deepEqual(second.lost, [{ grantId: newer.grantId, amount: "5", reason: "revoked" }]);
  });

  test("what goes back to a frozen grant stays frozen", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const given = grant(customerId, 5n);
    await pools.submit([given, event(customerId, "e", { quantity: 5n * CREDIT })]);
    await pools.submit([pay(customerId, given.grantId, "freeze_grant")]);
    const [taken] = await pools.submit([reverse(customerId, "e")]);
    assert.deepEqual([answerOf(taken).delta, answerOf(taken).balance], ["5", "0"]);
    const [won] = await pools.submit([pay(customerId, given.grantId, "unfreeze_grant")]);
    assert.equal(won?.kind === "applied" && won.entry.balance, 5n * CREDIT);
  });
});

function answerOf(outcome: Outcome | undefined): ReversedEvent {
  assert.ok(
    outcome?.kind === "applied",
    JSON.stringify(outcome, (_, value: unknown) => String(value)),
  );
  return reversedEvent.parse(JSON.parse(outcome.answer ?? ""));
}
