import assert from "node:assert/strict";
import test from "node:test";
import Stripe from "stripe";
import { startStripeSandbox } from "../index.ts";
import { clientOf, openCheckout, saveCard, startForTest } from "../test-support/start.ts";

/** Sends a request as no typed client would; answers the status and Stripe's error. */
async function post(
  url: string,
  path: string,
  body: string,
): Promise<{ status: number; error: Record<string, unknown> }> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { Authorization: "Bearer sk_test_sandbox", "Content-Type": "application/x-www-form-urlencoded" },
    body,
  });
  const answer: unknown = await response.json();
  assert.ok(typeof answer === "object" && answer !== null && "error" in answer);
  const { error } = answer;
  assert.ok(typeof error === "object" && error !== null);
  return { status: response.status, error: { ...error } };
}

test("it starts with no live key, and answers none", async (t) => {
  await assert.rejects(startStripeSandbox({ secretKeys: ["sk_live_abc"] }), /refuses live keys/);
  await assert.rejects(
    startStripeSandbox({ secretKeys: ["sk_test_a", " rk_live_abc"] }),
    /refuses live keys/,
  );
  const { sandbox } = await startForTest(t);
  const live = clientOf(sandbox, { key: "sk_live_abc" });
  await assert.rejects(live.customers.list(), {
    type: "StripeAuthenticationError",
    statusCode: 401,
    message: /refuses live keys/,
  });
  const wrong = clientOf(sandbox, { key: "sk_test_wrong" });
  await assert.rejects(wrong.customers.list(), {
    type: "StripeAuthenticationError",
    message: /Invalid API Key provided: sk_test_/,
  });
  assert.equal((await fetch(`${sandbox.url}/v1/customers`)).status, 401);
});

test("it listens on this machine only, and every answer has a request id and a version", async (t) => {
  const { sandbox, stripe } = await startForTest(t);
  assert.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const { lastResponse } = await stripe.customers.create({ email: "a@example.com" });
  assert.match(lastResponse.requestId, /^req_/);
  assert.equal(lastResponse.apiVersion, "2026-10-28.endive");
  const basic = Buffer.from("sk_test_sandbox:").toString("base64");
  const answer = await fetch(`${sandbox.url}/v1/customers`, { headers: { Authorization: `Basic ${basic}` } });
  assert.equal(answer.status, 200);
  const old = stripe.customers.list({}, { apiVersion: "2020-08-27" });
  await assert.rejects(old, /Invalid Stripe API version: 2020-08-27/);
});

test("it refuses what Stripe would refuse, in Stripe's words", async (t) => {
  const { sandbox, stripe } = await startForTest(t);
  const refused = async (path: string, body: string, expected: Record<string, unknown>): Promise<void> => {
    const { status, error } = await post(sandbox.url, path, body);
    assert.equal(status, 400, JSON.stringify(error));
    assert.partialDeepStrictEqual(error, { type: "invalid_request_error", ...expected });
  };
  await refused("/v1/customers", "colour=red", {
    code: "parameter_unknown",
    param: "colour",
    message: "Received unknown parameter: colour",
  });
  await refused("/v1/customers", "invoice_settings[colour]=red", {
    code: "parameter_unknown",
    param: "invoice_settings[colour]",
  });
  await refused("/v1/customers", "email=nobody", { code: "email_invalid", param: "email" });
  await refused("/v1/payment_intents", "amount=100", {
    code: "parameter_missing",
    param: "currency",
    message: "Missing required param: currency.",
  });
  await refused("/v1/payment_intents", "amount=ten&currency=usd", {
    code: "parameter_invalid_integer",
    param: "amount",
    message: "Invalid integer: ten",
  });
  await refused("/v1/payment_intents", "amount=100&currency=zzz", {
    param: "currency",
    message: "Invalid currency: zzz.",
  });
  await refused("/v1/payment_intents", "amount=10&currency=usd", {
    code: "amount_too_small",
    param: "amount",
  });
  await refused("/v1/payment_intents", "amount=5125&currency=kwd", {
    param: "amount",
    message: "Invalid amount: amounts in kwd must be a multiple of 10.",
  });
  await refused("/v1/payment_intents", "amount=100&currency=usd&confirm=perhaps", {
    param: "confirm",
    message: "Invalid boolean: perhaps",
  });
  await refused("/v1/payment_intents", "amount=100&currency=usd&customer=cus_none", {
    code: "resource_missing",
    param: "customer",
    message: "No such customer: 'cus_none'",
  });
  await refused("/v1/payment_intents", "amount=100&currency=usd&customer=", {
    code: "parameter_invalid_empty",
    param: "customer",
  });
  await refused("/v1/payment_intents", "amount=100&currency=usd&payment_method_types[]=card", {
    code: "parameter_unknown",
  });
  await refused("/v1/payment_intents", "amount=100&currency=usd&setup_future_usage=ever", {
    param: "setup_future_usage",
    message: "Invalid setup_future_usage: must be one of on_session, off_session",
  });
  await refused("/v1/checkout/sessions", "mode=payment&success_url=https://a.test", {
    code: "parameter_missing",
    param: "line_items",
  });
  await refused(
    "/v1/checkout/sessions",
    "mode=payment&success_url=https://a.test&line_items[0][quantity]=1",
    { code: "parameter_missing", param: "line_items[0][price_data]" },
  );
  await refused("/v1/payment_intents", "amount=100&currency=usd&transfer_group=x", {
    code: "sandbox_not_doubled",
    param: "transfer_group",
  });
  await assert.rejects(stripe.paymentIntents.retrieve("pi_none"), (error) => {
    assert.ok(error instanceof Stripe.errors.StripeInvalidRequestError);
    assert.equal(error.statusCode, 404);
    assert.equal(error.code, "resource_missing");
    assert.equal(error.message, "No such payment_intent: 'pi_none'");
    return true;
  });
  await assert.rejects(stripe.products.list(), { statusCode: 404, message: /Unrecognized request URL/ });
});

test("metadata is merged: an empty value removes its key, an empty text all of them", async (t) => {
  const { stripe } = await startForTest(t);
  const { id } = await stripe.customers.create({ metadata: { plan: "a", seats: "3" } });
  assert.deepEqual((await stripe.customers.update(id, { metadata: { plan: "b" } })).metadata, {
    plan: "b",
    seats: "3",
  });
  assert.deepEqual((await stripe.customers.update(id, { metadata: { seats: "" } })).metadata, { plan: "b" });
  assert.deepEqual((await stripe.customers.update(id, { metadata: "" })).metadata, {});
});

test("a deleted customer answers that it is deleted, and can do nothing more", async (t) => {
  const { stripe } = await startForTest(t);
  const { customer, card } = await saveCard(stripe);
  await stripe.customers.del(customer);
  assert.equal((await stripe.customers.retrieve(customer)).deleted, true);
  await assert.rejects(stripe.customers.update(customer, { name: "Ann" }), { code: "resource_missing" });
  await assert.rejects(openCheckout(stripe, { customer }), { code: "resource_missing", param: "customer" });
  assert.equal((await stripe.paymentMethods.retrieve(card)).customer, null);
});
