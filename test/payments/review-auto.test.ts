import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import { sweepAutoTopUps } from "../../bff/src/services/auto-top-ups/sweep.ts";
import { storeRule } from "../../bff/src/storage/auto-top-ups/rules.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { autoTools } from "./auto-tools.ts";
import { sessionIdOf, useTill } from "./till.ts";

const MINUTE_MS = 60_000;

oneEngine((engine) => {
  const till = useTill(engine);
  const auto = autoTools(till);
  const keyOf = (customerId: string) => ({
    customer_id: customerId,
    credit_type_id: "credits",
    resource_id: "",
  });
  const ruleOf = (customerId: string) =>
    till
      .app()
      .database.writer.selectFrom("auto_top_ups")
      .select(["payment_method_id", "suspended_reason", "failures"])
      .where("customer_id", "=", customerId)
      .executeTakeFirstOrThrow();

  test("a page for a card that is opened again later changes neither the card nor what stopped since", async () => {
    const { customerId } = await auto.customer({ credits: "1000" });
    const session = await auto.session(customerId);
    const open = async (setupKey: string) => {
      const { body } = await till.app().client.call(routes.setupWidgetAutoTopUp, {
        params: { creditType: "credits" },
        body: { setupKey, consent: true },
        credential: session,
      });
      return body;
    };
    const add = async (setupKey: string, card: string) => {
      const { url } = await open(setupKey);
      till.sandbox().control.completeCheckout(sessionIdOf({ url, clientSecret: null }), { card });
      await till.hear();
    };
    await add("setup-key-aaaaaaaa", "pm_card_visa");
    const first = await ruleOf(customerId);
    await add("setup-key-bbbbbbbb", "pm_card_mastercard");
    const second = await ruleOf(customerId);
    assert.notEqual(second.payment_method_id, first.payment_method_id);
    const stopped = { suspended_reason: "declined", failures: 3, failed_at: new Date() } as const;
    await storeRule(till.app().database.writer, keyOf(customerId), stopped);
    assert.equal((await open("setup-key-aaaaaaaa")).status, "complete");
    assert.deepEqual(await ruleOf(customerId), { ...second, suspended_reason: "declined", failures: 3 });
  });

  test("a quick sweep buys what waited for a pause that is just over, and walks through no other rule", async () => {
    const quick = () => sweepAutoTopUps(till.app().money, { isQuick: true });
    const [paused, unnoticed] = [await auto.customer(), await auto.customer()];
    const { writer } = till.app().database;
    for (const { customerId } of [paused, unnoticed]) await auto.burn(customerId, "250");
    const pausedUntil = (ms: number) =>
      storeRule(writer, keyOf(paused.customerId), { paused_until: new Date(Date.now() + ms) });
    await pausedUntil(MINUTE_MS);
    await quick();
    assert.equal(await auto.balance(paused.customerId), "50");
    await pausedUntil(-1_000);
    await quick();
    assert.equal(await auto.balance(paused.customerId), "600");
    assert.equal(await auto.balance(unnoticed.customerId), "50");
    await storeRule(writer, keyOf(unnoticed.customerId), { look_again_at: new Date(till.clock.ms - 1_000) });
    await quick();
    assert.equal(await auto.balance(unnoticed.customerId), "600");
  });

  test("a rule that nobody noticed is found by the whole walk", async () => {
    const { customerId } = await auto.customer();
    await auto.burn(customerId, "250");
    await sweepAutoTopUps(till.app().money);
    assert.equal(await auto.balance(customerId), "600");
  });
});
