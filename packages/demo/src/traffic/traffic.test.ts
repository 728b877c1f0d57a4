import assert from "node:assert/strict";
import { test } from "node:test";
import type { UsageEventInput } from "@credits-kit/client/server";
import { Traffic } from "./traffic.ts";
import { nextEvents } from "./usage-mix.ts";

const START_MS = Date.parse("2026-03-01T12:00:00Z");

/** Time that passes only in sleeps, and chance that repeats itself. */
function simulation(report: (events: UsageEventInput[]) => unknown) {
  let nowMs = START_MS;
  let state = 1;
  const reported: UsageEventInput[][] = [];
  const traffic = new Traffic({
    now: () => nowMs,
    random: () => (state = (state * 48271) % 2147483647) / 2147483647,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      nowMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
    report: async (events) => {
      reported.push(events);
      report(events);
      return { results: events.map(({ id }) => ({ ...RESULT, id })) };
    },
  });
  const ended = async () => {
    while (traffic.status().on) await new Promise((resolve) => setImmediate(resolve));
  };
  return { traffic, reported, ended, passedMs: () => nowMs - START_MS };
}

const RESULT = { status: "applied" as const, creditTypeId: "ai-tokens", delta: "-1", balance: "9", seq: 1 };

test("traffic ends by itself after three minutes, at about twenty events a second", async () => {
  const { traffic, reported, ended, passedMs } = simulation(() => undefined);
  traffic.start();
  traffic.start();
  await ended();
  const events = reported.flat();
  assert.equal(passedMs(), 180_000);
  assert.equal(traffic.status().stopReason, "finished");
  assert.ok(events.length > 3_200 && events.length < 4_000, `${events.length} events`);
  assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
  assert.ok(new Set(events.map(({ customerId }) => customerId)).size >= 20);
  assert.ok(reported.every((batch) => batch.length <= 12));
  assert.equal(traffic.status().applied, events.length);
});

test("traffic stops when asked and can start again with ids of its own", async () => {
  const { traffic, reported, ended } = simulation(() => {
    if (reported.length === 5) traffic.stop();
  });
  traffic.start();
  await ended();
  assert.equal(traffic.status().stopReason, "asked");
  assert.equal(reported.length, 5);
  traffic.start();
  await ended();
  const ids = reported.flat().map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("traffic stops when the server does", async () => {
  let calls = 0;
  const { traffic, ended } = simulation(() => {
    if ((calls += 1) > 2) throw new Error("gone");
  });
  traffic.start();
  await ended();
  assert.deepEqual([calls, traffic.status().stopReason, traffic.status().on], [5, "unreachable", false]);
});

test("customers with little get none of the traffic", () => {
  const events = Array.from({ length: 500 }, () => nextEvents(5, Math.random)).flat();
  const customers = new Set(events.map(({ customerId }) => customerId));
  for (const id of ["lumen-kestrel", "lumen-tanaka", "lumen-ines"]) assert.ok(!customers.has(id));
  assert.ok(
    events
      .filter(({ customerId }) => customerId === "lumen-lena")
      .every(({ featureId }) => featureId === "email"),
  );
});
