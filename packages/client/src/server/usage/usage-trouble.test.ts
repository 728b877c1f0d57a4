import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { json, problem, type Reply, until } from "../testing.ts";
import { event, events, eventsOf, judged, usageScene } from "./testing.ts";

const overloaded = problem(503, "overloaded");

describe("when the server fails, buffered usage", () => {
  test("is sent again, the same under the same ids, with longer and longer waits, and none is lost", async () => {
    const hangsUp: Reply = (response) => void response.destroy();
    const wrongKey = problem(401, "unauthenticated");
    await using scene = await usageScene([overloaded, hangsUp, wrongKey, judged]);
    for (const each of events(2)) scene.client.reportUsage(each);
    scene.time.advance(1_000);
    for (const waitMs of [750, 1_500, 3_000]) {
      await until(() => scene.time.sleeps(waitMs));
      scene.time.advance(waitMs);
    }
    await scene.client.flush();
    assert.deepEqual(new Set(scene.received.map(({ body }) => body)).size, 1);
    assert.equal(scene.received.length, 4);
    assert.deepEqual(scene.told(), ["delayed", "delayed", "delayed"]);
    assert.deepEqual(
      scene.problems.map((each) => each.kind === "delayed" && [each.error.code, each.queued]),
      [
        ["overloaded", 2],
        ["network_failed", 2],
        ["unauthenticated", 2],
      ],
    );
  });

  test("takes what comes meanwhile along, without hurrying", async () => {
    await using scene = await usageScene([overloaded, judged]);
    scene.client.reportUsage(event("first"));
    scene.time.advance(1_000);
    await until(() => scene.time.sleeps(750));
    for (const each of events(1_200)) scene.client.reportUsage(each);
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(scene.time.sleeps(750));
    assert.equal(scene.received.length, 1);
    scene.time.advance(750);
    await until(() => scene.received.length === 2);
    assert.equal(scene.calls()[1]?.length, 1_000);
    assert.equal(scene.calls()[1]?.[0], "first");
  });

  test("waits as long as the server asks, and never longer than a minute by itself", async () => {
    const patient = problem(429, "rate_limited", { "retry-after": "300" });
    await using scene = await usageScene([patient, ...Array.from({ length: 8 }, () => overloaded), judged]);
    scene.client.reportUsage(event("e0"));
    scene.time.advance(1_000);
    for (const waitMs of [300_250, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000, 45_000]) {
      await until(() => scene.time.sleeps(waitMs));
      scene.time.advance(waitMs);
    }
    await scene.client.flush();
    assert.equal(scene.received.length, 10);
  });

  test("is sent again when results are missing", async () => {
    await using scene = await usageScene([json(200, { results: [{ id: "e0", status: "applied" }] }), judged]);
    for (const each of events(2)) scene.client.reportUsage(each);
    await Promise.all([
      scene.client.flush(),
      until(() => scene.time.sleeps(750)).then(() => scene.time.advance(750)),
    ]);
    assert.deepEqual(scene.calls(), [
      ["e0", "e1"],
      ["e0", "e1"],
    ]);
  });
});

describe("of buffered usage", () => {
  test("a rejected event is told with its result, the others are not, and none is sent again", async () => {
    await using scene = await usageScene([judged]);
    for (const id of ["good", "bad", "fine"]) scene.client.reportUsage(event(id));
    await scene.client.flush();
    assert.deepEqual(scene.told(), ["rejected bad"]);
    const [rejected] = scene.problems;
    assert.equal(rejected?.kind === "rejected" && rejected.result.error?.code, "not_found");
    assert.equal(scene.received.length, 1);
  });

  test("one event that the server cannot read at all is found, told and left out; the others arrive", async () => {
    const picky: Reply = (response, request) =>
      eventsOf(request).some(({ id }) => id === "e37")
        ? problem(413, "payload_too_large")(response, request)
        : judged(response, request);
    await using scene = await usageScene([picky]);
    for (const each of events(100)) scene.client.reportUsage(each);
    await scene.client.flush();
    assert.deepEqual(scene.told(), ["undelivered e37"]);
    const arrived = scene.calls().filter((ids) => !ids.includes("e37"));
    assert.equal(new Set(arrived.flat()).size, 99);
    assert.equal(arrived.flat().length, 99);
    assert.ok(scene.received.length < 30);
  });

  test("a listener that throws stops nothing", async () => {
    const onUsageError = () => {
      throw new Error("listener is broken");
    };
    const warned = nextWarning();
    await using scene = await usageScene([judged], { onUsageError });
    for (const id of ["bad", "good"]) scene.client.reportUsage(event(id));
    await scene.client.flush();
    scene.client.reportUsage(event("later"));
    await scene.client.flush();
    assert.deepEqual(scene.calls(), [["bad", "good"], ["later"]]);
    assert.match((await warned).message, /listener is broken/);
  });

  test("a host that does not listen is warned by its process", async () => {
    const warned = nextWarning();
    await using scene = await usageScene([judged], { onUsageError: undefined });
    scene.client.reportUsage(event("bad"));
    await scene.client.flush();
    const { name, message } = await warned;
    assert.equal(name, "CreditsUsageWarning");
    assert.match(message, /Usage event bad was rejected: not_found \(featureId is not known\)/);
  });
});

describe("a client that is closed", () => {
  test("delivers what waits and takes no more", async () => {
    await using scene = await usageScene([judged]);
    for (const each of events(3)) scene.client.reportUsage(each);
    assert.deepEqual(await scene.client.close(), { undelivered: [] });
    assert.deepEqual(scene.calls(), [["e0", "e1", "e2"]]);
    assert.throws(() => scene.client.reportUsage(event("late")), { code: "client_closed" });
    assert.deepEqual(await scene.client.close(), { undelivered: [] });
  });

  test("says what the time did not suffice for, tells it, and sends nothing afterwards", async () => {
    await using scene = await usageScene([overloaded]);
    for (const each of events(2)) scene.client.reportUsage(each);
    const closed = scene.client.close({ timeoutMs: 5_000 });
    await until(() => scene.time.sleeps(750));
    scene.time.advance(5_000);
    const { undelivered } = await closed;
    assert.deepEqual(undelivered, events(2));
    assert.deepEqual(scene.told(), ["delayed", "undelivered e0", "undelivered e1"]);
    const last = scene.problems.at(-1);
    assert.ok(last?.kind === "undelivered");
    assert.match(String(last.error.cause), /overloaded/);
    const calls = scene.received.length;
    scene.time.advance(600_000);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(scene.received.length, calls);
  });

  test("lets go of a call that hangs", async () => {
    await using scene = await usageScene([() => undefined]);
    scene.client.reportUsage(event("e0"));
    const closed = scene.client.close({ timeoutMs: 5_000 });
    await until(() => scene.received.length === 1);
    scene.time.advance(5_000);
    assert.deepEqual((await closed).undelivered, [event("e0")]);
    assert.deepEqual(scene.told(), ["undelivered e0"]);
    await until(() => !scene.time.sleeps(10_000));
  });

  test("tells nothing twice when an answer comes after it gave up", async () => {
    let answer = () => {};
    const late: Reply = (response, request) => {
      answer = () => judged(response, request);
    };
    const heedless: typeof fetch = (url, init) => fetch(url, { ...init, signal: null });
    await using scene = await usageScene([late], { fetch: heedless });
    scene.client.reportUsage(event("bad"));
    const closed = scene.client.close({ timeoutMs: 5_000 });
    await until(() => scene.received.length === 1);
    scene.time.advance(5_000);
    await closed;
    answer();
    await until(() => !scene.time.sleeps(10_000));
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(scene.told(), ["undelivered bad"]);
  });

  test("is closed at the end of its block", async () => {
    await using scene = await usageScene([judged]);
    {
      await using client = scene.client;
      client.reportUsage(event("e0"));
    }
    assert.deepEqual(scene.calls(), [["e0"]]);
    assert.throws(() => scene.client.reportUsage(event("late")), { code: "client_closed" });
  });
});

function nextWarning(): Promise<Error> {
  return new Promise((resolve) => process.once("warning", resolve));
}
