/* global HTMLButtonElement */
import { readTraffic, switchTraffic } from "./api.js";
import { find } from "./words.js";

const POLL_MS = 1000;
const number = new Intl.NumberFormat("en");

/** @typedef {import("./api.js").TrafficStatus} TrafficStatus */

/** The switch of the simulated traffic, with its counter. */
export function createTrafficSwitch() {
  const toggle = find("#traffic", HTMLButtonElement);
  const count = find("#traffic-count output", HTMLElement);
  const note = find("#traffic-note", HTMLElement);
  const idleNote = note.textContent ?? "";
  let timer = 0;

  /** @param {TrafficStatus} status */
  const show = (status) => {
    toggle.setAttribute("aria-checked", String(status.on));
    count.textContent = number.format(status.applied);
    note.textContent = noteOn(status) ?? idleNote;
    clearTimeout(timer);
    if (status.on) timer = setTimeout(refresh, POLL_MS);
  };
  const showUnreachable = () => {
    toggle.setAttribute("aria-checked", "false");
    note.textContent = "The studio cannot be reached.";
  };
  const refresh = () => readTraffic().then(show, showUnreachable);

  toggle.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-checked") !== "true";
    toggle.setAttribute("aria-checked", String(on));
    switchTraffic(on).then(show, showUnreachable);
  });
  refresh();
}

/** @param {TrafficStatus} status */
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
