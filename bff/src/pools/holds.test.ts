import assert from "node:assert/strict";
import { test } from "node:test";
import { type HoldAnswer, holdAnswer } from "@credits-kit/contract";
import { eachEngine, eventually } from "../test-support/index.ts";
import type { Outcome } from "./outcome.ts";
import { capture, consume, event, extend, grant, hold, release, settle } from "./test-support/commands.ts";
import { setUpMoney, told } from "./test-support/money-test.ts";

eachEngine((engine) => {
  const money = setUpMoney(engine);

  test("what a hold set aside cannot be spent, and is burned or freed in the end", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(customerId, 10n)]);
    const [placed] = await pools.submit([hold(customerId, "h", 7n)]);
    assert.deepEqual(shown(placed), ["open", "7", "0", "10", "3"]);
    assert.deepEqual(told(await pools.submit([consume(customerId, "much", 4n)])), ["insufficient_credits"]);
    const [part] = await pools.submit([capture(customerId, "h", { credits: 2n, isFinal: false })]);
    assert.deepEqual(shown(part), ["open", "5", "2", "8", "3"]);
    const [ended] = await pools.submit([capture(customerId, "h", 1n)]);
    assert.deepEqual(shown(ended), ["captured", "0", "3", "7", "7"]);
    const late = await pools.submit([release(customerId, "h"), capture(customerId, "h", 1n)]);
    assert.deepEqual(told(late), ["hold_closed", "hold_closed"]);
  });

  test("a hold may be placed, captured and asked for again in one and the same group", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const outcomes = await pools.submit([
      grant(customerId, 10n),
      hold(customerId, "a", 4n),
      hold(customerId, "b", 6n),
      hold(customerId, "a", 4n),
      event(customerId, "e"),
      capture(customerId, "a"),
      release(customerId, "b"),
      capture(customerId, "b", 1n),
      event(customerId, "e"),
    ]);
    assert.deepEqual(told(outcomes), [
      "1: 10",
      "2: 10",
      "3: 10",
      "duplicate of 2, now 3: 10",
      "insufficient_credits",
      "4: 6",
      "5: 6",
      "hold_closed",
      "6: 5",
    ]);
  });

  test("a capture above the hold takes the rest of what is free, or nothing at all", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(customerId, 10n), hold(customerId, "h", 4n), hold(customerId, "other", 3n)]);
    const [refused] = await pools.submit([capture(customerId, "h", 8n)]);
    assert.deepEqual(refused?.kind === "rejected" && [refused.code, refused.required, refused.available], [
      "insufficient_credits",
      8_000_000n,
      7_000_000n,
    ]);
    const [taken] = await pools.submit([capture(customerId, "h", 7n)]);
    assert.deepEqual(shown(taken), ["captured", "0", "7", "3", "0"]);
  });

  test("a denied hold or consumption stays denied for its id, also after a top-up; a new id is not", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const denied = [hold(customerId, "x", 5n), consume(customerId, "x", 5n)];
    const first = await pools.submit(denied);
    assert.deepEqual(told(first), ["insufficient_credits", "insufficient_credits"]);
    await pools.submit([grant(customerId, 100n)]);
    assert.deepEqual(await pools.submit(denied), first);
    assert.deepEqual(await money.writer().submit(denied), first);
    const other = [hold(customerId, "x", 1n), consume(customerId, "y", 5n), consume(customerId, "x", 1n)];
    assert.deepEqual(told(await pools.submit(other)), [
      "idempotency_conflict",
      "2: 95",
      "idempotency_conflict",
    ]);
  });

  test("a hold ends by itself, to be seen by whoever asks next; an extended one lives on", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(customerId, 10n)]);
    await pools.submit([
      hold(customerId, "short", { credits: 6n, lifeMs: 400 }),
      hold(customerId, "long", { credits: 3n, lifeMs: 400 }),
    ]);
    const [longer] = await pools.submit([extend(customerId, "long", 600_000)]);
    assert.equal(longer?.kind, "applied");
    assert.deepEqual(told(await pools.submit([extend(customerId, "long", 60_000)])), ["state_conflict"]);
    await eventually("the end of the hold", async () => {
      await pools.submit([settle(customerId)]);
      const { ended } = await money.database.writer
        .selectFrom("holds")
        .select("ended")
        .where("customer_id", "=", customerId)
        .where("hold_id", "=", "short")
        .executeTakeFirstOrThrow();
      return ended === "expired";
    });
    assert.deepEqual(told(await pools.submit([capture(customerId, "short", 1n)])), ["hold_closed"]);
    const [taken] = await money.writer().submit([capture(customerId, "long")]);
    assert.deepEqual(shown(taken), ["captured", "0", "3", "7", "7"]);
  });

  test("another process knows what is held, and a hold of nothing is possible", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(customerId, 2n), grant(customerId, 5n), hold(customerId, "h", 4n)]);
    const another = money.writer();
    assert.deepEqual(told(await another.submit([consume(customerId, "c", 4n)])), ["insufficient_credits"]);
    const [taken] = await another.submit([capture(customerId, "h", 3n)]);
    assert.deepEqual(shown(taken), ["captured", "0", "3", "4", "4"]);
    const [nothing] = await another.submit([hold(customerId, "zero", 0n)]);
    assert.deepEqual(shown(nothing), ["open", "0", "0", "4", "4"]);
    assert.deepEqual(shown((await pools.submit([release(customerId, "zero")]))[0]), [
      "released",
      "0",
      "0",
      "4",
      "4",
    ]);
  });

  test("what is not there is not found, and what has no feature takes no quantity", async () => {
    const [customerId, stranger] = money.customers();
    const pools = money.writer();
    await pools.submit([grant(customerId, 10n), hold(customerId, "h", 4n)]);
    const outcomes = await pools.submit([
      capture(stranger, "h", 1n),
      release(customerId, "nothing"),
      capture(customerId, "h", { quantity: 1_000_000n }),
      consume(customerId, "c", { credits: 1n, asked: { kind: "direct", creditTypeId: "gold", amount: 1n } }),
      hold(customerId, "f", { credits: 0n, asked: { kind: "feature", featureId: "unmapped", quantity: 1n } }),
      consume(customerId, "f", {
        credits: 0n,
        asked: { kind: "feature", featureId: "nothing", quantity: 1n },
      }),
    ]);
    assert.deepEqual(told(outcomes), [
      "not_found",
      "not_found",
      "validation_failed",
      "not_found",
      "feature_not_mapped",
      "not_found",
    ]);
  });

  test("a hold for a feature is priced by the plan, and captured by quantity", async () => {
    const [customerId] = money.customers();
    const pools = money.writer();
    const asked = { kind: "feature", featureId: "image", quantity: 6_000_000n } as const;
    await pools.submit([grant(customerId, 10n)]);
    const [placed] = await pools.submit([hold(customerId, "h", { credits: 0n, asked })]);
    assert.deepEqual(shown(placed), ["open", "6", "0", "10", "4"]);
    const [taken] = await pools.submit([capture(customerId, "h", { quantity: 2_500_000n })]);
    assert.deepEqual(shown(taken), ["captured", "0", "2.5", "7.5", "7.5"]);
  });
});

/** Status, what is still held, what was captured, the balance and what is available, as the caller is told. */
function shown(outcome: Outcome | undefined): string[] {
  assert.ok(
    outcome?.kind === "applied",
    JSON.stringify(outcome, (_, value: unknown) => String(value)),
  );
  const { status, held, captured, balance, available }: HoldAnswer = holdAnswer.parse(
    JSON.parse(outcome.answer ?? ""),
  );
  return [status, held, captured, balance, available];
}
