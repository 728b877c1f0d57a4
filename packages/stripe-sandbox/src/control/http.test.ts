import assert from "node:assert/strict";
import { get } from "node:http";
import test from "node:test";
import { openCheckout, startForTest } from "../test-support/start.ts";
import { commands } from "./commands.ts";

async function send(
  url: string,
  command: string,
  { origin, ...body }: Record<string, unknown> & { origin?: string },
): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(`${url}/_sandbox/${command}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(origin !== undefined && { Origin: origin }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

/** The status for a request that names this host; `fetch` would not let us. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`${url}/_sandbox/objects`, { headers: { Host: host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

test("every command of the control API can be sent over HTTP", async (t) => {
  const { control } = await startForTest(t);
  const methods = Object.entries(control)
    .filter(([, value]: [string, unknown]) => typeof value === "function")
    .map(([name]) => name);
  assert.deepEqual(Object.keys(commands).sort(), methods.sort());
});

test("a browser test pays a session, plans a fault and reads what was asked", async (t) => {
  const { stripe, sandbox } = await startForTest(t);
  const session = await openCheckout(stripe);
  assert.deepEqual(
    await send(sandbox.url, "completeCheckout", { session: session.id, card: "4242424242424242" }),
    {
      status: 200,
      answer: { result: { state: "complete" } },
    },
  );
  await send(sandbox.url, "addFault", { kind: "status", status: 429, path: "/v1/customers" });
  await assert.rejects(stripe.customers.list(), { type: "StripeRateLimitError" });
  const requests: unknown = await (await fetch(`${sandbox.url}/_sandbox/requests`)).json();
  assert.partialDeepStrictEqual(requests, [
    { method: "POST", path: "/v1/checkout/sessions", status: 200 },
    { path: "/v1/customers", status: 429 },
  ]);
  const objects: unknown = await (await fetch(`${sandbox.url}/_sandbox/objects`)).json();
  assert.partialDeepStrictEqual(objects, { charges: 1, sessions: 1 });
});

test("unknown commands, wrong arguments and pages of other origins are turned away", async (t) => {
  const { sandbox } = await startForTest(t);
  assert.equal((await send(sandbox.url, "explode", {})).status, 404);
  assert.equal((await send(sandbox.url, "toString", {})).status, 404);
  assert.equal((await send(sandbox.url, "settlePayment", { payment: "pi_1" })).status, 400);
  assert.equal(
    (await send(sandbox.url, "settlePayment", { payment: "pi_1", outcome: "failed" })).status,
    404,
  );
  assert.equal((await send(sandbox.url, "clearFaults", { origin: "https://evil.test" })).status, 403);
  assert.equal(
    (await fetch(`${sandbox.url}/_sandbox/requests`, { headers: { Origin: "https://evil.test" } })).status,
    403,
  );
  assert.equal((await fetch(`${sandbox.url}/_sandbox/nothing`)).status, 404);
  assert.equal(await statusFor(sandbox.url, "rebound.test"), 403);
  assert.equal(await statusFor(sandbox.url, "localhost"), 200);
});
