import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setImmediate as soon } from "node:timers/promises";
import { GatewayError } from "../gateway.ts";
import { type CallPace, CallSpreader } from "./pace.ts";

/** A spreader whose time the test makes pass. */
function spread({ mock }: TestContext, pace: CallPace) {
  mock.timers.enable({ apis: ["setTimeout"] });
  let ms = 0;
  const spreader = new CallSpreader(pace, () => ms);
  const pass = async (by: number) => {
    ms += by;
    mock.timers.tick(by);
    await soon();
  };
  return { spreader, pass };
}

test("a payment does not wait behind the quotes of open pages", async (context) => {
  const { spreader, pass } = spread(context, { callsPerSecond: 20, retryAfterMs: [] });
  const gone: string[] = [];
  const call = (name: string) => () => {
    gone.push(name);
    return Promise.resolve();
  };
  const quotes = Array.from({ length: 45 }, () => spreader.run(call("quote"), "screens"));
  await soon();
  assert.equal(gone.length, 20);
  const payment = spreader.run(call("payment"));
  for (let turn = 0; turn < 26; turn += 1) await pass(50);
  await Promise.all([...quotes, payment]);
  assert.equal(gone.indexOf("payment"), 20);
  assert.equal(gone.length, 46);
});

test("where too much waits, a page is told to come later at once, and a payment goes all the same", async (context) => {
  const mostWaiting = { money: 2, screens: 3 };
  const { spreader, pass } = spread(context, { callsPerSecond: 1, retryAfterMs: [], mostWaiting });
  let done = 0;
  const call = () => Promise.resolve(void (done += 1));
  const isBusy = (error: unknown) => error instanceof GatewayError && error.kind === "busy";
  const calls = Array.from({ length: 4 }, () => spreader.run(call, "screens"));
  await assert.rejects(spreader.run(call, "screens"), isBusy);
  calls.push(spreader.run(call), spreader.run(call));
  await assert.rejects(spreader.run(call), isBusy);
  assert.equal(done, 1);
  for (let turn = 0; turn < 5; turn += 1) await pass(1_000);
  await Promise.all(calls);
  assert.equal(done, 6);
});
