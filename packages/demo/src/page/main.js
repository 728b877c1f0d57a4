import { createAccountMenu } from "./account.js";
import { ask, newId, StudioError, tell } from "./api.js";
import { createGallery } from "./gallery.js";
import { createNotice } from "./notice.js";
import { createTrafficSwitch } from "./traffic.js";
import { createWireLog } from "./wire-log.js";
import { element, IDEAS, KIND_NAMES, withSymbol, withUnit } from "./words.js";

/** @param {string} selector @returns {any} */
const find = (selector) => document.querySelector(selector);

const gallery = createGallery(find("#gallery"));
const wireLog = createWireLog(find("#wire"));
const prompt = find("#prompt");
const notice = createNotice(find("#notice"), (kind) => generate(kind));

/** @type {any} */
let offers = null;
let idea = 0;

/** @param {string} kind @param {string} id the same for every try of one press */
async function generate(kind, id = newId()) {
  const wish = prompt.value.trim() || IDEAS[idea];
  const place = gallery.reserve();
  try {
    const generated = await tell("generate", { kind, id });
    const { delta, balance } = generated.result;
    const cost = (delta ?? "0").replace("-", "");
    notice.clear();
    wireLog.applied(generated);
    await place.fill(
      { kind: /** @type {any} */ (kind), prompt: wish, seed: id },
      withSymbol(cost, offers.unit),
    );
    find("#announcer").textContent =
      `${KIND_NAMES[kind].name} ready. It cost ${withUnit(cost, offers.unit)}, ${withUnit(balance, offers.unit)} left.`;
    nextIdea();
  } catch (error) {
    place.giveUp();
    if (!(error instanceof StudioError)) throw error;
    wireLog.refused(kind, error.code);
    if (error.code === "insufficient_credits") notice.insufficient({ kind, answer: error.answer, offers });
    else notice.pressFailed(error.message, () => generate(kind, id));
  }
}

function nextIdea() {
  idea = (idea + 1) % IDEAS.length;
  prompt.placeholder = IDEAS[idea];
}

async function open() {
  try {
    const studio = await ask("studio");
    offers = studio;
    for (const place of document.querySelectorAll("[data-price]")) {
      const price = offers.prices[/** @type {HTMLElement} */ (place).dataset.price ?? ""];
      const symbol = element("span", "", withSymbol(price, offers.unit));
      symbol.setAttribute("aria-hidden", "true");
      place.replaceChildren(symbol, element("span", "visually-hidden", withUnit(price, offers.unit)));
    }
    for (const offer of document.querySelectorAll(".offer")) offer.removeAttribute("disabled");
    createAccountMenu({ ...studio, onSwitch: notice.clear, onFailure: notice.failed });
    createTrafficSwitch();
    notice.clear();
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    notice.failed(error.message, open);
  }
}

find("#composer").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  generate(/** @type {HTMLButtonElement | null} */ (event.submitter)?.value ?? "image");
});

prompt.placeholder = IDEAS[idea];
open();
gallery.hangSamples();
