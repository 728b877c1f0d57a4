/* global window, document, ResizeObserver */
// The pages work without this: it fills test cards in without a reload, keeps a double click from paying twice, and
// tells the page around a frame how tall it is and when it is done.
"use strict";
const main = document.querySelector("main");
const form = document.querySelector("form[data-pay]");
const tell = (message) => {
  if (window.parent !== window) window.parent.postMessage({ source: "stripe-sandbox", ...message }, "*");
};

if (form) {
  const field = (name) => form.elements.namedItem(name);
  for (const button of form.querySelectorAll("[data-number]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const other = form.querySelector('input[name="means"][value="new"]');
      if (other) other.checked = true;
      field("number").value = button.dataset.number.replace(/(.{4})(?=.)/g, "$1 ");
      field("expiry").value = "12 / 34";
      field("cvc").value = "123";
      form.querySelector("button.primary").focus();
    });
  }
  field("number")?.addEventListener("input", () => {
    const other = form.querySelector('input[name="means"][value="new"]');
    if (other) other.checked = true;
  });
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent === "yes") event.preventDefault();
    form.dataset.sent = "yes";
  });
  // Back from a page that came later: the form may be sent again.
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

if (window.parent !== window) {
  new ResizeObserver(() => tell({ type: "height", height: document.documentElement.scrollHeight })).observe(
    document.body,
  );
}
if (main.dataset.complete) {
  tell({ type: "complete", session: main.dataset.complete, returnUrl: main.dataset.returnUrl });
}
if (main.dataset.answered) {
  tell({ type: "answered", intent: main.dataset.answered, status: main.dataset.status });
}
