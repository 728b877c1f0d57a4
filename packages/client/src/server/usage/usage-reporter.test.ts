import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CreditsApiError } from "../index.ts";
import { problem, until } from "../testing.ts";
import { event, events, eventsOf, judged, usageScene } from "./testing.ts";

const overloaded = problem(503, "overloaded");

describe("buffered usage", () => {
  test("goes out in one call after the interval, in the order reported", async () => {
    await using scene = await usageScene([judged], { flushIntervalMs: 250 });
    for (const each of events(3)) assert.equal(scene.client.reportUsage(each), each.id);
    scene.time.advance(249);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(scene.calls(), []);
    scene.time.advance(1);
    await until(() => scene.received.length > 0);
    assert.deepEqual(scene.calls(), [["e0", "e1", "e2"]]);
    assert.equal(scene.received[0]?.url, "/v1/events");
  });

  test("waits a second by default, again and again", async () => {
    await using scene = await usageScene([judged]);
    for (const id of ["first", "second"]) {
      scene.client.reportUsage(event(id));
      assert.ok(scene.time.sleeps(1_000));
      scene.time.advance(1_000);
      await scene.client.flush();
    }
    assert.deepEqual(scene.calls(), [["first"], ["second"]]);
  });

  test("of thousands of events goes out at once, what is beyond waits for company", async () => {
    await using scene = await usageScene([judged]);
    for (const each of events(2_001)) scene.client.reportUsage(each);
    await until(() => scene.received.length === 2 && scene.time.sleeps(1_000));
    assert.deepEqual(
      scene.calls().map((ids) => ids.length),
      [1_000, 1_000],
    );
    scene.time.advance(1_000);
    await until(() => scene.received.length === 3);
    assert.deepEqual(scene.calls()[2], ["e2000"]);
  });

  test("stays below the megabyte that a call may have", async () => {
    await using scene = await usageScene([judged]);
    const dimensions = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`d${index}`, "é".repeat(200)]),
    );
    for (const each of events(300)) scene.client.reportUsage({ ...each, dimensions });
    await scene.client.flush();
    assert.ok(scene.received.length > 1);
    for (const { body } of scene.received) assert.ok(Buffer.byteLength(body) <= 1_048_576);
    assert.equal(new Set(scene.calls().flat()).size, 300);
  });

  test("is as it was when it was reported, whatever becomes of the object", async () => {
    await using scene = await usageScene([judged]);
    const reused = { ...event("e1"), dimensions: { model: "xl" } };
    scene.client.reportUsage(reused);
    reused.dimensions.model = "xs";
    reused.id = "e2";
    await scene.client.flush();
    assert.equal(scene.received[0]?.body.includes('"xl"'), true);
    assert.deepEqual(scene.calls(), [["e1"]]);
  });

  test("without an id gets one and the present time, once for all tries", async () => {
    await using scene = await usageScene([overloaded, judged]);
    const id = scene.client.reportUsage({ customerId: "lena", featureId: "image" });
    assert.match(id, /^[0-9a-f-]{36}$/);
    scene.time.advance(1_000);
    await until(() => scene.time.sleeps(750));
    scene.time.advance(750);
    await scene.client.flush();
    const [first, second] = scene.received;
    assert.ok(first && second);
    assert.equal(first.body, second.body);
    assert.deepEqual(
      eventsOf(first).map(({ timestamp }) => timestamp),
      ["2026-03-01T12:00:00.000Z"],
    );
    assert.deepEqual(scene.calls()[0], [id]);
  });

  test("with an id of the host's is sent as it is, so that reporting it again is no other event", async () => {
    await using scene = await usageScene([judged]);
    scene.client.reportUsage(event("mine"));
    await scene.client.flush();
    assert.equal(scene.received[0]?.body, JSON.stringify({ events: [event("mine")] }));
  });

  test("that JSON cannot say is refused at once and holds up nothing", async () => {
    await using scene = await usageScene([judged]);
    const dimensions: Record<string, number> = {};
    Object.assign(dimensions, { tokens: 5n });
    assert.throws(() => scene.client.reportUsage({ ...event("e1"), dimensions }), TypeError);
    scene.client.reportUsage(event("e2"));
    await scene.client.flush();
    assert.deepEqual(scene.calls(), [["e2"]]);
  });
});

describe("the queue of buffered usage", () => {
  test("is bounded: one event too many is refused, not dropped, and takes no other's place", async () => {
    await using scene = await usageScene([judged], { queueMax: 3 });
    for (const each of events(3)) scene.client.reportUsage(each);
    assert.throws(
      () => scene.client.reportUsage(event("e3")),
      (error) => error instanceof CreditsApiError && error.code === "queue_full",
    );
    await scene.client.flush();
    scene.client.reportUsage(event("e3"));
    await scene.client.flush();
    assert.deepEqual(scene.calls(), [["e0", "e1", "e2"], ["e3"]]);
  });

  test("counts events that are on their way", async () => {
    await using scene = await usageScene([() => undefined], { queueMax: 1 });
    scene.client.reportUsage(event("e0"));
    scene.time.advance(1_000);
    await until(() => scene.received.length === 1);
    assert.throws(() => scene.client.reportUsage(event("e1")), { code: "queue_full" });
  });

  test("holds ten thousand by default", async () => {
    await using scene = await usageScene([() => undefined]);
    for (const each of events(10_000)) scene.client.reportUsage(each);
    assert.throws(() => scene.client.reportUsage(event("more")), { code: "queue_full" });
  });
});

describe("a flush", () => {
  test("sends at once what waits, and resolves when all of it is judged", async () => {
    await using scene = await usageScene([judged]);
    for (const each of events(1_500)) scene.client.reportUsage(each);
    await scene.client.flush();
    assert.equal(new Set(scene.calls().flat()).size, 1_500);
    await scene.client.flush();
    assert.equal(scene.received.length, 2);
  });

  test("does not wait for what is reported after it", async () => {
    await using scene = await usageScene([judged]);
    scene.client.reportUsage(event("e0"));
    const flushed = scene.client.flush();
    await until(() => scene.received.length === 1);
    scene.client.reportUsage(event("later"));
    await flushed;
    assert.deepEqual(scene.calls(), [["e0"]]);
  });

  test("tries at once also between two tries, and ends early by its signal: the usage stays", async () => {
    await using scene = await usageScene([overloaded, overloaded, judged]);
    scene.client.reportUsage(event("e0"));
    scene.time.advance(1_000);
    await until(() => scene.time.sleeps(750));
    const impatient = new AbortController();
    const flushed = scene.client.flush({ signal: impatient.signal });
    await until(() => scene.time.sleeps(1_500));
    assert.equal(scene.received.length, 2);
    impatient.abort(new Error("enough"));
    await assert.rejects(flushed, /enough/);
    scene.time.advance(1_500);
    await scene.client.flush();
    assert.deepEqual(scene.calls(), [["e0"], ["e0"], ["e0"]]);
  });
});
