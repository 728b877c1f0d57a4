import assert from "node:assert/strict";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import Stripe from "stripe";
import { processStripeEvents } from "../../bff/src/payments/inbox/process.ts";
import { oneEngine } from "../../bff/src/test-support/index.ts";
import { useTill, WEBHOOK_SECRET } from "./till.ts";

const OLD_SECRET = "whsec_old_0123456789abcdef";
const stripe = new Stripe("sk_test_signs_only");

oneEngine((engine) => {
  const till = useTill(engine, { env: { STRIPE_WEBHOOK_SECRET: ` ${WEBHOOK_SECRET} , ${OLD_SECRET}` } });
  let count = 0;

  /** An event as Stripe writes one. */
  const eventOf = (more: object = {}): string =>
    JSON.stringify(
      {
        id: `evt_${(count += 1)}`,
        object: "event",
        api_version: "2026-10-28.endive",
        created: Math.floor(till.clock.ms / 1000),
        livemode: false,
        type: "payment_intent.succeeded",
        data: { object: { id: "pi_unknown" } },
        ...more,
      },
      null,
      2,
    );
  const sign = (payload: string, secret = WEBHOOK_SECRET, ageSeconds = 0): string =>
    stripe.webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp: Math.floor(till.clock.ms / 1000) - ageSeconds,
    });
  const send = (raw: string, signature: string | null) =>
    till.app().client.send("POST", "/stripe/webhook", {
      raw,
      credential: null,
      headers: signature === null ? {} : { "Stripe-Signature": signature },
    });
  const stored = async () =>
    (await till.app().database.writer.selectFrom("stripe_events").selectAll().execute()).length;

  test("only what Stripe signed for us, just now and just so, is taken (pitfall 5, pitfall 6, hostile 107 to 111)", async () => {
    const payload = eventOf();
    const good = sign(payload);
    const before = await stored();
    for (const [raw, signature] of [
      [payload, null],
      [payload, ""],
      [payload, "t=1,v1=abc"],
      [payload, sign(payload, "whsec_another_secret_123")],
      [`${payload} `, good],
      [JSON.stringify(JSON.parse(payload)), good],
      [payload, sign(payload, WEBHOOK_SECRET, 301)],
      [payload, sign(payload, WEBHOOK_SECRET, -301)],
      [payload, good.replace("v1=", "v0=")],
      [payload, `t=1,${"v1=00,".repeat(50)}v1=00`],
      ["", sign("")],
      ["not json", sign("not json")],
      ["{}", sign("{}")],
    ] as const) {
      const reply = await send(raw, signature);
      assert.equal(reply.status, 400, `${String(signature).slice(0, 40)}: ${reply.text}`);
      assert.doesNotMatch(reply.text, /whsec_/);
    }
    assert.equal(await stored(), before);
    assert.equal((await send(payload, good)).status, 200);
    assert.equal((await send(payload, sign(payload, OLD_SECRET))).status, 200);
    assert.equal(await stored(), before + 1);
  });

  test("a body beyond a megabyte is not read", async () => {
    const payload = eventOf({ data: { object: { id: "pi_x", padding: "x".repeat(1_100_000) } } });
    assert.equal((await send(payload, sign(payload))).status, 413);
  });

  test("nothing stands before it: no credential, origin or form token is asked for (pitfall 29)", async () => {
    const payload = eventOf();
    const reply = await till.app().client.send("POST", "/stripe/webhook", {
      raw: payload,
      credential: "nonsense",
      headers: {
        "Stripe-Signature": sign(payload),
        Origin: "https://evil.example",
        "Content-Type": "application/json; charset=utf-8",
      },
    });
    assert.equal(reply.status, 200);
    assert.equal((await till.app().client.send("GET", "/stripe/webhook", { credential: null })).status, 404);
  });

  test("what is stored is answered at once, and dealt with once, however often it comes (pitfall 8, F-18)", async () => {
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.sandbox().control.setDelivery({ drop: true });
    till.pay(order);
    await till.sandbox().control.webhooksIdle();
    till.sandbox().control.setDelivery({ drop: false });
    const told = till
      .sandbox()
      .control.events.find(
        ({ type, data }) => type === "payment_intent.succeeded" && JSON.stringify(data).includes(order.id),
      );
    const payload = JSON.stringify(told);
    const before = await stored();
    const replies = await Promise.all(Array.from({ length: 16 }, () => send(payload, sign(payload))));
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
    assert.equal(await stored(), before + 1);
    assert.equal((await till.shop.grants(customerId)).length, 0);
    await Promise.all([1, 2, 3].map(() => processStripeEvents(till.app().money)));
    assert.equal((await till.shop.grants(customerId)).length, 1);
    const paid = await till.read(order.id);
    assert.deepEqual(paid.history.map(({ status, cause }) => [status, cause]).at(-1), ["paid", "webhook"]);
  });

  test("two Event objects for one fact are one grant (pitfall 1, F-18)", async () => {
    till.sandbox().control.configure({ eventsPerFact: 2 });
    till.sandbox().control.setDelivery({ copies: 3, order: "shuffled" });
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    till.pay(order);
    await till.sandbox().control.webhooksIdle();
    await Promise.all([1, 2, 3, 4].map(() => processStripeEvents(till.app().money)));
    till.sandbox().control.configure({ eventsPerFact: 1 });
    till.sandbox().control.setDelivery({ copies: 1, order: "as_created" });
    assert.equal((await till.shop.grants(customerId)).length, 1);
    assert.equal((await till.shop.balance(customerId)).balance, "500");
  });

  test("an event of another mode or of a connected account is ignored, and somebody is told (pitfall 27, hostile 112)", async () => {
    for (const more of [{ livemode: true }, { account: "acct_other" }]) {
      const payload = eventOf(more);
      assert.equal((await send(payload, sign(payload))).status, 200);
      const before = till.app().alarms.length;
      await processStripeEvents(till.app().money);
      assert.deepEqual(
        till
          .app()
          .alarms.slice(before)
          .map(({ kind }) => kind),
        ["foreign_event"],
      );
    }
    const { open } = (await till.app().client.call(routes.getReconciliation, {})).body;
    assert.ok(open.filter(({ kind }) => kind === "foreign_event").length >= 2);
  });

  test("an event of no interest, and one of an older shape, do no harm (pitfall 28, hostile 113)", async () => {
    for (const more of [
      { type: "product.created", data: { object: { id: "prod_1" } } },
      { type: "constructor", data: { object: { id: "x" } } },
      { type: "checkout.session.completed", api_version: "2019-05-16", data: { object: {} } },
      { type: "customer.deleted", data: { object: { id: "cus_nobody" } } },
    ]) {
      const payload = eventOf(more);
      assert.equal((await send(payload, sign(payload))).status, 200);
    }
    await processStripeEvents(till.app().money);
    const rows = await till
      .app()
      .database.writer.selectFrom("stripe_events")
      .select(["status", "type"])
      .where("type", "in", [
        "product.created",
        "constructor",
        "checkout.session.completed",
        "customer.deleted",
      ])
      .where("object_id", "is not distinct from", null)
      .execute();
    assert.ok(
      rows.every(({ status }) => status === "ignored"),
      JSON.stringify(rows),
    );
  });

  test("an event that cannot be dealt with waits, later each time, and is then left for a person (pitfall 8)", async () => {
    const payload = eventOf();
    const id = /"id": "(evt_\d+)"/.exec(payload)?.[1] ?? "";
    assert.equal((await send(payload, sign(payload))).status, 200);
    const { writer } = till.app().database;
    const row = () =>
      writer.selectFrom("stripe_events").selectAll().where("event_id", "=", id).executeTakeFirstOrThrow();
    await processStripeEvents(till.app().money);
    const first = await row();
    assert.deepEqual(
      [first.status, first.tries, first.outcome],
      ["waiting", 1, "stripe missing resource_missing"],
    );
    assert.ok(first.next_try_at > new Date());
    await writer
      .updateTable("stripe_events")
      .set({ tries: 29, next_try_at: new Date(0) })
      .where("event_id", "=", id)
      .execute();
    await processStripeEvents(till.app().money);
    assert.equal((await row()).status, "dead");
    const { open, webhooks } = (await till.app().client.call(routes.getReconciliation, {})).body;
    assert.ok(open.some(({ kind, objectId }) => kind === "dead_webhook" && objectId === id));
    assert.ok(webhooks.dead >= 1);
  });
});
