import { ask, tell } from "./api.js";

const POLL_MS = 1000;
const number = new Intl.NumberFormat("en");

/** The switch of the simulated traffic, with its counter. */
export function createTrafficSwitch() {
  const toggle = /** @type {HTMLButtonElement} */ (document.querySelector("#traffic"));
  const count = /** @type {HTMLOutputElement} */ (document.querySelector("#traffic-count output"));
  const note = /** @type {HTMLElement} */ (document.querySelector("#traffic-note"));
  const idleNote = note.textContent ?? "";
  let timer = 0;

  /** @param {any} status */
  const show = (status) => {
    toggle.setAttribute("aria-checked", String(status.on));
    count.textContent = number.format(status.applied);
    note.textContent = noteOn(status) ?? idleNote;
    clearTimeout(timer);
    if (status.on) timer = setTimeout(refresh, POLL_MS);
  };
  const refresh = () =>
    ask("traffic").then(show, () => show({ on: false, applied: 0, stopReason: "unreachable" }));

  toggle.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-checked") !== "true";
    toggle.setAttribute("aria-checked", String(on));
    tell("traffic", { on }).then(show, refresh);
  });
  refresh();
}

/** @param {any} status */
function noteOn({ on, perSecond, customers, secondsLeft, refused, stopReason }) {
  if (on) {
    const minutes = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`;
    const refusals = refused > 0 ? `, ${number.format(refused)} refused` : "";
    return `${perSecond} a second from ${customers} customers${refusals}. Ends by itself in ${minutes}.`;
  }
  if (stopReason === "unreachable")
    return "The credits server stopped answering, so the traffic stopped too.";
  if (stopReason === "finished") return "Three minutes are over. Switch it on again for three more.";
  return undefined;
}
