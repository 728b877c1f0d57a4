import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { runInNewContext } from "node:vm";
import { z } from "zod";
import { saveCard, startForTest } from "../test-support/start.ts";

const source = readFileSync(new URL("./stripe-double.js", import.meta.url), "utf8");

interface Frame {
  src: string;
  title: string;
  style: Record<string, string>;
  contentWindow: object;
  remove(): void;
}

/** As much of a browser as the script needs: a document that makes frames, and a window that hears messages. */
function fakeBrowser(base: string): {
  window: Record<string, unknown>;
  frames: Frame[];
  place: { append(frame: Frame): void };
  say(message: object, origin?: string): void;
} {
  const frames: Frame[] = [];
  const listeners = new Set<(event: object) => void>();
  const place = { append: (frame: Frame) => void frames.push(frame) };
  const window: Record<string, unknown> = {
    addEventListener: (_name: string, listener: (event: object) => void) => listeners.add(listener),
    removeEventListener: (_name: string, listener: (event: object) => void) => listeners.delete(listener),
    location: { assign: (url: string) => (window["assigned"] = url) },
  };
  const document = {
    currentScript: { src: `${base}/stripe.js` },
    createElement: () => {
      const frame: Frame = {
        src: "",
        title: "",
        style: {},
        contentWindow: {},
        remove: () => void frames.splice(frames.indexOf(frame), 1),
      };
      return frame;
    },
    querySelector: (selector: string) => (selector === "#checkout" ? place : null),
  };
  runInNewContext(source, { window, document, URL, fetch, encodeURIComponent });
  return {
    window,
    frames,
    place,
    say(message, origin = base) {
      for (const listener of listeners) {
        listener({
          origin,
          source: frames[0]?.contentWindow,
          data: { source: "stripe-sandbox", ...message },
        });
      }
    },
  };
}

const stripeShape = z.object({
  createEmbeddedCheckoutPage: z.function({ input: [z.unknown()], output: z.promise(z.unknown()) }),
  confirmCardPayment: z.function({ input: [z.string(), z.unknown()], output: z.promise(z.unknown()) }),
  retrievePaymentIntent: z.function({ input: [z.string()], output: z.promise(z.unknown()) }),
  _registerWrapper: z.unknown(),
});
const pageShape = z.object({ mount: z.function({ input: [z.unknown()] }), destroy: z.function() });
const factory = z.function({ input: [z.string()], output: z.unknown() });

const stripeOf = (window: Record<string, unknown>): z.output<typeof stripeShape> =>
  stripeShape.parse(factory.parse(window["Stripe"])("pk_test_sandbox"));

test("the script is what the official loader expects, and takes no live key", async (t) => {
  const { sandbox } = await startForTest(t);
  const response = await fetch(`${sandbox.url}/stripe.js`);
  assert.match(response.headers.get("content-type") ?? "", /javascript/);
  assert.equal(await response.text(), source);
  assert.doesNotMatch(source, /setAttribute\("style"|innerHTML|eval\(/);
  const { window } = fakeBrowser(sandbox.url);
  const { version } = z.object({ version: z.string() }).parse(Object.assign({}, window["Stripe"]));
  assert.equal(version, "endive");
  assert.ok(stripeOf(window)._registerWrapper);
  assert.throws(() => factory.parse(window["Stripe"])("pk_live_1"), /live keys/);
});

test("embedded Checkout is a frame that tells when it is done, and trusts the sandbox only", async () => {
  const { window, frames, say } = fakeBrowser("http://127.0.0.1:1");
  let completed = 0;
  const options = { fetchClientSecret: async () => "cs_test_1_secret_2", onComplete: () => (completed += 1) };
  const stripe = stripeOf(window);
  const page = pageShape.parse(await stripe.createEmbeddedCheckoutPage(options));
  await assert.rejects(stripe.createEmbeddedCheckoutPage(options), /multiple Embedded Checkout/);
  assert.throws(() => page.mount("#nowhere"), /no DOM elements/);
  page.mount("#checkout");
  assert.equal(frames[0]?.src, "http://127.0.0.1:1/c/embed/cs_test_1?secret=cs_test_1_secret_2");
  assert.ok(frames[0].title);
  say({ type: "height", height: 640 });
  assert.equal(frames[0].style["height"], "640px");
  say({ type: "complete", returnUrl: "" }, "https://evil.test");
  assert.equal(completed, 0);
  say({ type: "complete", returnUrl: "" });
  assert.equal(completed, 1);
  say({ type: "complete", returnUrl: "https://shop.test/back" });
  assert.deepEqual([completed, window["assigned"]], [1, "https://shop.test/back"]);
  page.destroy();
  assert.equal(frames.length, 0);
  pageShape.parse(await stripe.createEmbeddedCheckoutPage(options));
});

test("a declined payment is confirmed in the browser with another card, by its client secret only", async (t) => {
  const { stripe, sandbox } = await startForTest(t);
  const { customer } = await saveCard(stripe);
  const payment = await stripe.paymentIntents.create({ amount: 500, currency: "usd", customer });
  const browser = stripeOf(fakeBrowser(sandbox.url).window);
  const secret = payment.client_secret ?? "";
  const declined = await browser.confirmCardPayment(secret, { payment_method: "pm_card_chargeDeclined" });
  assert.partialDeepStrictEqual(declined, { error: { code: "card_declined" } });
  const paid = await browser.confirmCardPayment(secret, { payment_method: "pm_card_visa" });
  assert.partialDeepStrictEqual(paid, { paymentIntent: { id: payment.id, status: "succeeded" } });
  const foreign = await browser.retrievePaymentIntent(`${payment.id}_secret_wrong`);
  assert.partialDeepStrictEqual(foreign, { error: { code: "resource_missing" } });
});
