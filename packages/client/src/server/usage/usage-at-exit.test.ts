import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { problem, startScriptedServer } from "../testing.ts";
import { eventsOf, judged } from "./testing.ts";

const client = new URL("../index.ts", import.meta.url).href;

/** Runs a script in a process of its own, which ends by itself. `credits` is a client of the server. */
async function run(script: string, baseUrl: string) {
  const whole = `
    import { createServerClient } from ${JSON.stringify(client)};
    const event = (id) => ({ id, customerId: "lena", featureId: "image" });
    const connect = (options) =>
      createServerClient({ baseUrl: ${JSON.stringify(baseUrl)}, apiKey: "k", ...options });
    ${script}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", whole], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [errors, code] = await Promise.all([text(child.stderr), ended]);
  return { errors, code };
}

test("a process that comes to its end sends the usage that waits, long before its interval", async () => {
  await using server = await startScriptedServer(judged);
  const { code, errors } = await run(
    `connect({ flushIntervalMs: 3_600_000 }).reportUsage(event("last words"));`,
    server.baseUrl,
  );
  assert.deepEqual([code, errors], [0, ""]);
  assert.deepEqual(
    server.received.map((request) => eventsOf(request).map(({ id }) => id)),
    [["last words"]],
  );
});

test("usage that comes up while a process ends is sent as well", async () => {
  await using server = await startScriptedServer(judged);
  const { code, errors } = await run(
    `let calls = 0;
     const chatty = async (...request) => {
       const response = await fetch(...request);
       if ((calls += 1) === 1) credits.reportUsage(event("one more"));
       return response;
     };
     const credits = connect({ flushIntervalMs: 3_600_000, fetch: chatty });
     credits.reportUsage(event("last words"));`,
    server.baseUrl,
  );
  assert.deepEqual([code, errors], [0, ""]);
  assert.deepEqual(
    server.received.map((request) => eventsOf(request).map(({ id }) => id)),
    [["last words"], ["one more"]],
  );
});

test("a process that cannot send it says so for each event before it ends", async () => {
  await using server = await startScriptedServer(problem(503, "overloaded"));
  // Ten seconds are over at once; everything else is real.
  const { code, errors } = await run(
    `const sleep = (ms, signal, { isIdle = false } = {}) =>
       new Promise((resolve, reject) => {
         const timer = setTimeout(resolve, ms === 10_000 && !isIdle ? 0 : ms);
         if (isIdle) timer.unref();
         signal.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)));
       });
     const clock = { now: () => Date.now(), sleep };
     const credits = connect({ flushIntervalMs: 3_600_000, timeoutMs: 9_999, clock });
     for (const id of ["one", "two"]) credits.reportUsage(event(id));`,
    server.baseUrl,
  );
  assert.equal(code, 0);
  for (const id of ["one", "two"]) assert.match(errors, new RegExp(`Usage event ${id} was not delivered`));
});

test("an idle client keeps no process alive", async () => {
  await using server = await startScriptedServer(judged);
  const { code } = await run(`const credits = connect({}); await credits.flush();`, server.baseUrl);
  assert.deepEqual([code, server.received.length], [0, 0]);
});
