/* global window, document, fetch */
// A double of Stripe's browser script for the sandbox: `window.Stripe` with embedded Checkout and confirmations by the
// bank, and nothing else. It sets styles through the CSSOM only, so that it runs under a strict content policy.
"use strict";
(() => {
  const base = new URL(document.currentScript.src).origin;
  const frames = new Set();
  const idOf = (secret) => secret.split("_secret_")[0];

  function createFrame(url, title, onMessage) {
    const frame = document.createElement("iframe");
    frame.src = url;
    frame.title = title;
    Object.assign(frame.style, {
      width: "100%",
      minHeight: "24rem",
      border: "0",
      display: "block",
      colorScheme: "light dark",
    });
    const listen = (event) => {
      if (event.origin !== base || event.source !== frame.contentWindow) return;
      const message = event.data;
      if (!message || message.source !== "stripe-sandbox") return;
      if (message.type === "height") frame.style.height = `${message.height}px`;
      onMessage(message);
    };
    window.addEventListener("message", listen);
    return {
      frame,
      remove() {
        window.removeEventListener("message", listen);
        frame.remove();
      },
    };
  }

  function createEmbedded(secret, { onComplete }) {
    let shown;
    let destroyed = false;
    const page = {
      mount(location) {
        if (destroyed) throw new Error("This Embedded Checkout was destroyed.");
        const place = typeof location === "string" ? document.querySelector(location) : location;
        if (!place) throw new Error(`The selector you specified (${location}) applies to no DOM elements.`);
        page.unmount();
        const url = `${base}/c/embed/${idOf(secret)}?secret=${encodeURIComponent(secret)}`;
        shown = createFrame(url, "Secure payment", (message) => {
          if (message.type !== "complete") return;
          if (message.returnUrl) window.location.assign(message.returnUrl);
          else if (onComplete) onComplete();
        });
        place.append(shown.frame);
      },
      unmount() {
        if (shown) shown.remove();
        shown = undefined;
      },
      destroy() {
        page.unmount();
        destroyed = true;
        frames.delete(page);
      },
    };
    frames.add(page);
    return page;
  }

  async function ask(path, secret, body) {
    const url = `${base}/_browser/intents/${idOf(secret)}${path}?client_secret=${encodeURIComponent(secret)}`;
    const response = await fetch(
      url,
      body === undefined ? {} : { method: "POST", body: JSON.stringify(body) },
    );
    return response.json();
  }

  /** Shows the bank's page over this one until the person has answered. */
  function showBank(intent) {
    return new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      Object.assign(dialog.style, {
        width: "min(30rem, 94vw)",
        padding: "0",
        border: "0",
        borderRadius: "0.75rem",
      });
      dialog.setAttribute("aria-label", "Confirm with your bank");
      const bank = createFrame(
        `${intent.next_action.redirect_to_url.url}&stay=1`,
        "Confirm with your bank",
        (message) => {
          if (message.type === "answered") dialog.close();
        },
      );
      dialog.addEventListener("close", () => {
        bank.remove();
        dialog.remove();
        resolve();
      });
      dialog.append(bank.frame);
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  const resultOf = (intent) => {
    if (intent.error) return { error: intent.error };
    const failure = intent.last_payment_error || intent.last_setup_error;
    if (intent.status === "requires_payment_method" && failure) return { error: failure };
    return intent.object === "setup_intent" ? { setupIntent: intent } : { paymentIntent: intent };
  };

  async function finish(intent, secret) {
    if (intent.error || intent.status !== "requires_action") return resultOf(intent);
    await showBank(intent);
    return resultOf(await ask("", secret));
  }

  async function confirm(secret, { payment_method: method, return_url } = {}) {
    const named = typeof method === "string" ? { payment_method: method } : {};
    return finish(await ask("/confirm", secret, { ...named, ...(return_url && { return_url }) }), secret);
  }

  window.Stripe = function Stripe(publishableKey) {
    if (typeof publishableKey !== "string") throw new Error("Stripe() needs a publishable key.");
    if (/^pk_live_/.test(publishableKey)) throw new Error("The sandbox refuses live keys.");
    const createEmbeddedCheckoutPage = async (options) => {
      if (frames.size > 0) throw new Error("You cannot have multiple Embedded Checkout objects.");
      const secret = options.clientSecret || (await options.fetchClientSecret());
      return createEmbedded(secret, options);
    };
    return {
      _registerWrapper() {},
      registerAppInfo() {},
      createEmbeddedCheckoutPage,
      initEmbeddedCheckout: createEmbeddedCheckoutPage,
      confirmCardPayment: confirm,
      confirmCardSetup: confirm,
      confirmPayment: ({ clientSecret, confirmParams }) => confirm(clientSecret, confirmParams),
      handleNextAction: async ({ clientSecret }) => finish(await ask("", clientSecret), clientSecret),
      retrievePaymentIntent: async (secret) => resultOf(await ask("", secret)),
      retrieveSetupIntent: async (secret) => resultOf(await ask("", secret)),
    };
  };
  window.Stripe.version = "endive";
})();
