/* global HTMLSelectElement */
import { createAccountMenu } from "./account.js";
import { openStudio, StudioError } from "./api.js";
import { TEXTS } from "./billing-texts.js";
import { createNotice } from "./notice.js";
import { find } from "./words.js";

const root = document.documentElement;
const notice = createNotice(find("#notice", HTMLElement), () => undefined);
const look = find("#look", HTMLSelectElement);
const language = find("#language", HTMLSelectElement);

/** The page and the widgets change as they stand: nothing is loaded anew. @param {string} name */
function wear(name) {
  root.dataset.look = name;
  if (name === "contrast") root.dataset.creditsTheme = "high-contrast";
  else delete root.dataset.creditsTheme;
  keep("lumen-look", name);
}

/** Widgets follow the page's language and its direction by themselves. @param {string} code */
function speak(code) {
  const texts = TEXTS[code] ?? TEXTS.en;
  root.lang = code;
  root.dir = code === "ar" ? "rtl" : "ltr";
  document.title = `Lumen · ${texts.title}`;
  for (const place of document.querySelectorAll("[data-text]")) {
    place.textContent = texts[place.getAttribute("data-text") ?? ""] ?? "";
  }
  for (const place of document.querySelectorAll("[data-label]")) {
    place.setAttribute("aria-label", texts[place.getAttribute("data-label") ?? ""] ?? "");
  }
  keep("lumen-language", code);
}

/** @param {string} name @param {string} value */
function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}

async function open() {
  try {
    createAccountMenu(await openStudio(), { onSwitch: notice.clear, onFailure: notice.failed });
    notice.clear();
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    notice.failed(error.message, open);
  }
}

look.value = root.dataset.look ?? "night";
language.value = root.lang;
speak(language.value);
look.addEventListener("change", () => wear(look.value));
language.addEventListener("change", () => speak(language.value));
open();
