import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type TestContext } from "node:test";
import Stripe from "stripe";
import type { SandboxOptions } from "../index.ts";
import { payOffSession, saveCard, startForTest, type Started } from "../test-support/start.ts";

const secret = "whsec_test";

interface Received {
  event: Stripe.Event;
  signature: string;
  body: string;
}

/** An endpoint that checks each signature with the official client; `answers` are its first statuses, then 200. */
async function startEndpoint(
  t: TestContext,
  answers: number[] = [],
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      const signature = String(request.headers["stripe-signature"]);
      received.push({ event: Stripe.webhooks.constructEvent(body, signature, secret), signature, body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const address: AddressInfo | string | null = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return { url: `http://127.0.0.1:${address.port}/hook`, received };
}

/** A sandbox that tells an endpoint. */
async function startTelling(
  t: TestContext,
  options: SandboxOptions & { answers?: number[] } = {},
): Promise<Started & { received: Received[]; types: () => string[]; target: string }> {
  const { answers, ...rest } = options;
  const { url, received } = await startEndpoint(t, answers);
  const started = await startForTest(t, { webhook: { url, secret }, ...rest });
  return { ...started, received, types: () => received.map(({ event }) => event.type), target: url };
}

test("every change is told by an event with a true signature, the object as it was, and the key that made it", async (t) => {
  const { stripe, control, received } = await startTelling(t);
  const { id } = await stripe.customers.create({ name: "Ann" }, { idempotencyKey: "k-7" });
  await stripe.customers.update(id, { name: "Anna" });
  await control.webhooksIdle();
  const [created, updated] = received.map(({ event }) => event);
  assert.ok(created?.type === "customer.created" && updated?.type === "customer.updated");
  assert.equal(created.api_version, "2026-10-28.endive");
  assert.equal(created.livemode, false);
  assert.equal(created.request?.idempotency_key, "k-7");
  assert.equal(created.data.object.name, "Ann");
  assert.equal(updated.data.object.name, "Anna");
  assert.deepEqual(updated.data.previous_attributes, { name: "Ann" });
  assert.deepEqual((await stripe.events.retrieve(created.id)).data.object, created.data.object);
});

test("a changed body, another secret and an old signature are refused by the official client", async (t) => {
  const { stripe, control, received } = await startTelling(t);
  await stripe.customers.create({ name: "Ann" });
  await control.webhooksIdle();
  const [first] = received;
  assert.ok(first);
  const { body, signature } = first;
  assert.throws(() => stripe.webhooks.constructEvent(body.replace("Ann", "Eve"), signature, secret), {
    type: "StripeSignatureVerificationError",
  });
  assert.throws(() => stripe.webhooks.constructEvent(body, signature, "whsec_other"), {
    type: "StripeSignatureVerificationError",
  });
  assert.throws(
    () => stripe.webhooks.constructEvent(body, signature, secret, 300, undefined, Date.now() + 301_000),
    {
      type: "StripeSignatureVerificationError",
    },
  );
});

test("while a secret is changed, events are signed with both", async (t) => {
  const { stripe, control, received, target } = await startTelling(t);
  control.setWebhook({ url: target, secret, previousSecret: "whsec_old" });
  await stripe.customers.create({});
  await control.webhooksIdle();
  const [first] = received;
  assert.ok(first);
  assert.equal(first.signature.match(/v1=/g)?.length, 2);
  stripe.webhooks.constructEvent(first.body, first.signature, "whsec_old");
});

test("an event that is refused comes again, later and later, until it is taken", async (t) => {
  const waits: number[] = [];
  let next: (() => void) | undefined;
  const schedule = (milliseconds: number, run: () => void): (() => void) => {
    waits.push(milliseconds);
    next = run;
    return () => undefined;
  };
  const { stripe, control, received } = await startTelling(t, {
    answers: [500, 302],
    schedule,
    webhookRetries: [10, 100],
  });
  await stripe.customers.create({});
  await control.webhooksIdle();
  assert.equal((await stripe.events.list({ delivery_success: false })).data.length, 1);
  for (const _retry of [1, 2]) {
    next?.();
    await control.webhooksIdle();
  }
  assert.deepEqual(waits, [10, 100]);
  assert.deepEqual(
    control.deliveries.map(({ status }) => status),
    [500, 302, 200],
  );
  assert.equal(new Set(received.map(({ event }) => event.id)).size, 1);
  assert.equal((await stripe.events.list({ delivery_success: false })).data.length, 0);
});

test("events are duplicated, lost, told by two objects, and sent again on demand", async (t) => {
  const { stripe, control, received, types } = await startTelling(t);
  control.setDelivery({ copies: 3 });
  await stripe.customers.create({});
  await control.webhooksIdle();
  assert.equal(received.length, 3);
  control.setDelivery({ copies: 1, drop: true });
  await stripe.customers.create({});
  await control.webhooksIdle();
  assert.equal(received.length, 3);
  control.setDelivery({ drop: false });
  const lost = control.events.at(-1)?.id ?? "";
  assert.equal(await control.deliver(lost), 200);
  assert.equal(received.at(-1)?.event.id, lost);
  control.configure({ eventsPerFact: 2 });
  await stripe.customers.create({});
  await control.webhooksIdle();
  assert.deepEqual(types().slice(-2), ["customer.created", "customer.created"]);
  assert.notEqual(received.at(-1)?.event.id, received.at(-2)?.event.id);
});

test("events that were gathered leave in the order that was asked for", async (t) => {
  const { stripe, control, types } = await startTelling(t);
  const saved = await saveCard(stripe);
  await control.webhooksIdle();
  control.pauseWebhooks();
  await payOffSession(stripe, saved);
  await control.webhooksIdle();
  const before = types().length;
  control.setDelivery({ order: "reversed" });
  control.resumeWebhooks();
  await control.webhooksIdle();
  assert.deepEqual(types().slice(before), [
    "payment_intent.succeeded",
    "charge.succeeded",
    "payment_intent.created",
  ]);
});

test("a delay keeps each event back for as long as it says", async (t) => {
  const held: { milliseconds: number; run: () => void }[] = [];
  const schedule = (milliseconds: number, run: () => void): (() => void) => {
    held.push({ milliseconds, run });
    return () => undefined;
  };
  const { stripe, control, received } = await startTelling(t, { schedule });
  control.setDelivery({ delay: 5000 });
  await stripe.customers.create({});
  await control.webhooksIdle();
  assert.deepEqual([received.length, held[0]?.milliseconds], [0, 5000]);
  held[0]?.run();
  await control.webhooksIdle();
  assert.equal(received.length, 1);
});

test("the list of events can be narrowed by their kind", async (t) => {
  const { stripe } = await startForTest(t);
  await payOffSession(stripe, await saveCard(stripe));
  const typesOf = async (params: Stripe.EventListParams): Promise<string[]> =>
    (await stripe.events.list(params)).data.map(({ type }) => type);
  assert.deepEqual(await typesOf({ type: "charge.succeeded" }), ["charge.succeeded"]);
  assert.deepEqual(await typesOf({ type: "payment_intent.*" }), [
    "payment_intent.succeeded",
    "payment_intent.created",
  ]);
  assert.deepEqual(await typesOf({ types: ["charge.succeeded", "customer.created"] }), [
    "charge.succeeded",
    "customer.created",
  ]);
});

test("an endpoint that is not there keeps nobody waiting", async (t) => {
  const { stripe, control } = await startForTest(t, {
    webhook: { url: "http://127.0.0.1:9/hook", secret },
    webhookRetries: [],
  });
  await stripe.customers.create({});
  await control.webhooksIdle();
  assert.deepEqual(
    control.deliveries.map(({ status }) => status),
    [0],
  );
});
