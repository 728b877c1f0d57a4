import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { routes } from "@credits-kit/contract";
import Stripe from "stripe";
import { processStripeEvent } from "../../bff/src/payments/inbox/process.ts";
import { EVENT_HANDLERS } from "../../bff/src/payments/inbox/kinds.ts";
import { GatewayError } from "../../bff/src/payments/gateway.ts";
import { CALL_PACE, CallSpreader } from "../../bff/src/payments/stripe/pace.ts";
import { reconcile } from "../../bff/src/services/reconciliation/run.ts";
import { expectProblem, oneEngine } from "../../bff/src/test-support/index.ts";
import { autoTools } from "./auto-tools.ts";
import { sessionIdOf, useTill, WEBHOOK_SECRET } from "./till.ts";

const MINUTE_MS = 60_000;
const signer = new Stripe("sk_test_signs_only");

oneEngine((engine) => {
  const versions = new Set<string | null>();
  let aheadMs = 0;
  const clock = { ms: 0 };
  const till = useTill(engine, {
    // The product's own clock, which may go wrong while Stripe's goes right.
    now: () => clock.ms + aheadMs,
    fetch: async (input, init) => {
      versions.add(new Headers(init?.headers).get("stripe-version"));
      return fetch(input, init);
    },
  });
  const auto = autoTools(till);
  const { shop } = till;
  const client = () => till.app().client;
  const pass = (ms: number) => {
    till.clock.ms += ms;
    clock.ms = till.clock.ms;
  };
  /** What Stripe told of an order, by its type. */
  const toldOf = (orderId: string, type: string) => {
    const { events } = till.sandbox().control;
    const event = events.find((each) => each.type === type && JSON.stringify(each.data).includes(orderId));
    assert.ok(event, type);
    return event;
  };
  const send = (raw: string) =>
    client().send("POST", "/stripe/webhook", {
      raw,
      credential: null,
      headers: {
        "Stripe-Signature": signer.webhooks.generateTestHeaderString({
          payload: raw,
          secret: WEBHOOK_SECRET,
          timestamp: Math.floor(till.clock.ms / 1000),
        }),
      },
    });
  const unheard = async (work: () => void) => {
    till.sandbox().control.setDelivery({ drop: true });
    work();
    await till.sandbox().control.webhooksIdle();
    till.sandbox().control.setDelivery({ drop: false });
  };

  test("a webhook is answered before anything is asked of Stripe, and also while Stripe is down (pitfall 9)", async () => {
    pass(0);
    const order = await till.order(await till.buyer());
    await unheard(() => till.pay(order));
    const { control } = till.sandbox();
    control.clearRequests();
    control.addFault({ kind: "status", status: 500, times: 1_000 });
    const reply = await send(JSON.stringify(toldOf(order.id, "checkout.session.completed")));
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(control.requests, []);
    control.clearFaults();
    await till.hear();
    assert.equal((await till.read(order.id)).status, "paid");
  });

  test("calls go at a steady rate below Stripe's, and what is too much for it is tried again with pauses (pitfall 12)", async () => {
    assert.ok(CALL_PACE.callsPerSecond <= 15);
    assert.ok(CALL_PACE.retryAfterMs.length > 0 && CALL_PACE.retryAfterMs.every((ms) => ms >= 100));
    const spreader = new CallSpreader({ callsPerSecond: 100, retryAfterMs: [1, 1] });
    const startedAt = performance.now();
    let calls = 0;
    const call = () => Promise.resolve((calls += 1));
    await Promise.all(Array.from({ length: 130 }, () => spreader.run(call)));
    // A second's worth at once, the other thirty one after the other.
    assert.ok(performance.now() - startedAt >= 280, `${performance.now() - startedAt} ms`);
    assert.equal(calls, 130);
    let tries = 0;
    const busy = () => Promise.reject(new GatewayError("busy", `try ${(tries += 1)}`));
    await assert.rejects(spreader.run(busy), /try 3/);
    const refused = () => Promise.reject(new GatewayError("refused", `try ${(tries += 1)}`));
    await assert.rejects(spreader.run(refused), /try 4/);
  });

  test("a refund that is heard of before its payment, and never again, takes its credits (pitfall 7, F-19)", async () => {
    pass(0);
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    const { control } = till.sandbox();
    const mark = control.events.length;
    control.setDelivery({ drop: true });
    till.pay(order);
    const { id }: { id?: string } = toldOf(order.id, "payment_intent.succeeded").data.object;
    await till.stripe().refunds.create({ payment_intent: id ?? "", amount: 200 });
    await control.webhooksIdle();
    control.setDelivery({ drop: false });
    for (const type of ["refund.created", "payment_intent.succeeded", "checkout.session.completed"]) {
      const told = control.events.slice(mark).find((event) => event.type === type);
      assert.equal((await send(JSON.stringify(told))).status, 200);
      await till.hear();
    }
    assert.deepEqual(
      (await shop.grants(customerId)).map(({ revoked }) => revoked),
      ["200"],
    );
    assert.equal((await shop.balance(customerId)).balance, "300");
  });

  test("a card that its buyer lets us keep at the checkout is charged later without them; the consent's time is kept (pitfall 16)", async () => {
    pass(0);
    const customerId = await till.buyer();
    const session = await till.session(customerId);
    const body = { creditTypeId: "credits", credits: "500", orderKey: "keeps-card-1", saveCard: true };
    const order = (await client().call(routes.createWidgetTopUp, { body, credential: session })).body;
    // One that cannot be charged without its owner, unless it was saved for that.
    const outcome = till
      .sandbox()
      .control.completeCheckout(sessionIdOf(order), { card: "pm_card_authenticationRequiredOnSetup" });
    if (outcome.state === "asks") till.sandbox().control.completeAuthentication(outcome.payment);
    await till.hear();
    await auto.put(customerId, { threshold: "400" });
    await auto.burn(customerId, "200");
    await auto.sweep();
    assert.equal(await auto.balance(customerId), "600");
    const { writer } = till.app().database;
    const consents = await writer
      .selectFrom("top_ups")
      .select(["top_up_id", "consented_at"])
      .where("customer_id", "=", customerId)
      .execute();
    const consentOf = (id: string) => consents.find(({ top_up_id }) => top_up_id === id)?.consented_at;
    assert.equal(consentOf(order.id)?.getTime(), till.clock.ms);

    const another = await till.buyer();
    const unasked = await till.order(another);
    till.pay(unasked);
    await till.hear();
    const json = { customerId: another, creditTypeId: "credits", credits: "500", method: "charge" };
    expectProblem(await client().send("POST", "/v1/top-ups", { json }), 409, "state_conflict");
  });

  test("a restricted key needs what the manual says and nothing else, and so does the endpoint (pitfall 26)", async () => {
    const folder = new URL("../../bff/src/payments/stripe/", import.meta.url);
    const manual = await readFile(new URL("../../docs/payments.md", import.meta.url), "utf8");
    const names = (await readdir(folder)).filter((name) => name.endsWith(".ts") && !name.includes(".test."));
    const source = (await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")))).join();
    const needed = new Map<string, string>();
    for (const [, resource = "", verb = ""] of source.matchAll(/sdk\.([a-zA-Z.]+)\.([a-zA-Z]+)\(/g)) {
      if (resource === "webhooks") continue;
      const isRead = ["retrieve", "list", "search"].includes(verb);
      needed.set(resource, isRead ? (needed.get(resource) ?? "read") : "write");
    }
    const table = /\| permission[^]*?\n\n/.exec(manual)?.[0] ?? "";
    const told = [...table.matchAll(/^\| [^|]+\| (\w+) +\| (.*?) +\|$/gm)].flatMap(
      ([, right = "", calls = ""]) =>
        [...calls.matchAll(/`([\w.]+)`/g)].map(([, resource = ""]): [string, string] => [resource, right]),
    );
    assert.deepEqual(told.toSorted(), [...needed].toSorted());

    const events = /```events\n([^]*?)```/.exec(manual)?.[1]?.trim().split(/\s+/) ?? [];
    assert.deepEqual(events.toSorted(), Object.keys(EVENT_HANDLERS).toSorted());
  });

  test("a live deployment with the webhook secret of the test mode says so, and grants nothing for play money (pitfall 27)", async () => {
    pass(0);
    const customerId = await till.buyer();
    const order = await till.order(customerId);
    await unheard(() => till.pay(order));
    const told = toldOf(order.id, "payment_intent.succeeded");
    assert.equal(told.livemode, false);
    assert.equal((await send(JSON.stringify(told))).status, 200);
    const { writer } = till.app().database;
    const row = await writer
      .selectFrom("stripe_events")
      .selectAll()
      .where("event_id", "=", told.id)
      .executeTakeFirstOrThrow();
    const before = till.app().alarms.length;
    await processStripeEvent({ ...till.app().money, mode: "live" }, row);
    const [alarm] = till.app().alarms.slice(before);
    assert.equal(alarm?.kind, "foreign_event");
    const { open } = (await client().call(routes.getReconciliation, {})).body;
    const finding = open.find(({ objectId }) => objectId === told.id);
    assert.match(
      finding?.detail ?? "",
      /the test mode came here: the webhook secret is not that of the live mode/,
    );
    assert.equal((await till.shop.grants(customerId)).length, 0);
  });

  test("every call names the version of Stripe's API that the product was written against (pitfall 28)", async () => {
    pass(0);
    const order = await till.order(await till.buyer());
    till.pay(order);
    await till.hear();
    assert.deepEqual([...versions], ["2026-10-28.endive"]);
  });

  for (const minutes of [10, -10]) {
    test(`with a clock that is ${minutes} minutes off no webhook counts, somebody is told, and credits come all the same (F-22, pitfall 5)`, async () => {
      pass(0);
      const customerId = await till.buyer();
      const order = await till.order(customerId);
      await unheard(() => till.pay(order));
      const payload = JSON.stringify(toldOf(order.id, "checkout.session.completed"));
      aheadMs = minutes * MINUTE_MS;
      try {
        expectProblem(await send(payload), 400, "bad_request");
        const before = till.app().alarms.length;
        const { clocks, open } = await reconcile(till.app().money);
        assert.equal(clocks.isFine, false);
        for (const skew of [clocks.databaseAheadMs, clocks.stripeAheadMs])
          assert.ok(Math.abs((skew ?? 0) + aheadMs) < MINUTE_MS, `${skew}`);
        for (const about of ["database", "stripe"])
          assert.ok(
            open.some(({ kind, objectId }) => kind === "clock_skew" && objectId === about),
            about,
          );
        assert.ok(till.app().alarms.length > before);
        pass(5 * MINUTE_MS);
        await reconcile(till.app().money);
        assert.equal((await till.shop.balance(customerId)).balance, "500");
      } finally {
        aheadMs = 0;
        pass(Date.now() - till.clock.ms);
      }
      await till.hear();
      assert.equal((await till.shop.grants(customerId)).length, 1);
      const { clocks, open } = await reconcile(till.app().money);
      assert.equal(clocks.isFine, true);
      assert.ok(!open.some(({ kind }) => kind === "clock_skew"), "a clock that was put right is not listed");
    });
  }
});

test("docs/payments-pitfalls.md is true: each pitfall has its test, and so has each fault and complaint", async () => {
  const root = new URL("../../", import.meta.url);
  const text = await readFile(new URL("docs/payments-pitfalls.md", root), "utf8");
  const rows = [...text.matchAll(/^\| *(\d+) *\|.*\| *`(.+?)` *\| *`(.+?)` *\|$/gm)];
  const numbers = rows.map(([, number]) => Number(number));
  assert.deepEqual(
    numbers,
    Array.from({ length: 30 }, (_, index) => index + 1),
  );
  for (const [, number = "", name = "", file = ""] of rows) {
    assert.match(name, new RegExp(`pitfall ${number}\\b`), name);
    const source = await readFile(new URL(file, root), "utf8");
    assert.ok(
      [`test("${name}", `, `test(\`${name}\`, `].some((begin) => source.includes(begin)),
      `${name} in ${file}`,
    );
  }
  const folder = new URL("test/payments/", root);
  const sources = await Promise.all(
    (await readdir(folder)).map((file) => readFile(new URL(file, folder), "utf8")),
  );
  const names = sources.flatMap((source) => source.match(/\b(?:test|it)\(["`].*["`], /g) ?? []);
  const complaints = [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 30, 35, 59, 60].map(
    (each) => `complaint ${each}`,
  );
  for (const tag of [...complaints, "F-17", "F-18", "F-19", "F-20", "F-21", "F-22"])
    assert.ok(
      names.some((name) => new RegExp(`${tag}\\b`).test(name)),
      tag,
    );
});
