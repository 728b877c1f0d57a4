/* global HTMLButtonElement, HTMLFormElement, HTMLInputElement */
import { createAccountMenu } from "./account.js";
import { generate, newId, openStudio, StudioError } from "./api.js";
import { createDrain } from "./drain.js";
import { createGallery } from "./gallery.js";
import { createNotice } from "./notice.js";
import { createTrafficSwitch } from "./traffic.js";
import { createWireLog } from "./wire-log.js";
import { element, find, IDEAS, KIND_NAMES, kindOf, withSymbol, withUnit } from "./words.js";

/** @typedef {import("./api.js").Kind} Kind */
/** @typedef {import("./api.js").Offers} Offers */

const gallery = createGallery(find("#gallery", HTMLElement));
const wireLog = createWireLog(find("#wire", HTMLElement));
const notice = createNotice(find("#notice", HTMLElement), (kind) => make(kind));
const composer = find("#composer", HTMLFormElement);
const prompt = find("#prompt", HTMLInputElement);
const announcer = find("#announcer", HTMLElement);

/** @type {Offers} */
let offers;
let idea = 0;

/** Makes one work: pays first, then draws. @param {Kind} kind @param {string} id the same for every try of one press */
async function make(kind, id = newId()) {
  const wish = prompt.value.trim() || IDEAS[idea];
  const place = gallery.reserve();
  try {
    const generated = await generate(kind, id);
    const { delta, balance } = generated.result;
    const cost = (delta ?? "0").replace("-", "");
    notice.clear();
    wireLog.applied(generated);
    await place.fill({ kind, prompt: wish, seed: id }, withSymbol(cost, offers.unit));
    const left = withUnit(balance ?? "0", offers.unit);
    announcer.textContent = `${KIND_NAMES[kind].name} ready. It cost ${withUnit(cost, offers.unit)}, ${left} left.`;
    suggestNext();
  } catch (error) {
    place.giveUp();
    if (!(error instanceof StudioError)) throw error;
    wireLog.refused(kind, error.code);
    if (error.shortage) notice.short(kind, error.shortage, offers);
    else notice.pressFailed(error.message, () => make(kind, id));
  }
}

function suggestNext() {
  idea = (idea + 1) % IDEAS.length;
  prompt.placeholder = IDEAS[idea];
}

async function open() {
  try {
    const studio = await openStudio();
    offers = studio;
    for (const button of composer.querySelectorAll("button")) priceButton(button);
    createAccountMenu(studio, { onSwitch: notice.clear, onFailure: notice.failed });
    createTrafficSwitch();
    createDrain(wireLog);
    notice.clear();
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    notice.failed(error.message, open);
  }
}

/** @param {HTMLButtonElement} button */
function priceButton(button) {
  const price = offers.prices[kindOf(button.value)];
  const symbol = element("span", "", withSymbol(price, offers.unit));
  symbol.setAttribute("aria-hidden", "true");
  const spoken = element("span", "visually-hidden", withUnit(price, offers.unit));
  button.querySelector(".offer-price")?.replaceChildren(symbol, spoken);
  button.disabled = false;
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const { submitter } = event;
  make(kindOf(submitter instanceof HTMLButtonElement ? submitter.value : undefined));
});

prompt.placeholder = IDEAS[idea];
open();
gallery.hangSamples();
