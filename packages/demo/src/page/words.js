/**
 * How the studio says things.
 * @typedef {import("./api.js").Kind} Kind
 * @typedef {import("./api.js").Unit} Unit
 */

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 6 });

/** @param {string} credits a decimal string; formatted as it is, without passing through a float */
export const formatCredits = (credits) => number.format(/** @type {`${number}`} */ (credits));

/** "1 token", "50 tokens". @param {string} credits @param {Unit} unit */
export const withUnit = (credits, unit) =>
  `${formatCredits(credits)} ${credits === "1" ? unit.singular : unit.plural}`;

/** "✦ 50". @param {string} credits @param {Unit} unit */
export const withSymbol = (credits, unit) =>
  unit.symbol ? `${unit.symbol} ${formatCredits(credits)}` : withUnit(credits, unit);

/** @type {Record<Kind, { one: string, name: string }>} */
export const KIND_NAMES = {
  email: { one: "an email", name: "Email" },
  image: { one: "an image", name: "Image" },
  video: { one: "a video", name: "Video" },
};

/** @param {string | undefined} value @returns {Kind} */
export const kindOf = (value) => (value === "email" || value === "video" ? value : "image");

/** What is drawn when the person leaves the words to us. */
export const IDEAS = [
  "Dunes before sunrise",
  "A glass rose",
  "Fog over the harbour",
  "Northern lights in winter",
  "Threads of silk",
  "A lake at dusk",
  "Wind over the sea",
  "Forest valley in spring",
];

/** @param {string} tag @param {string} className @param {(string | Node)[]} children */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/**
 * An element of the page that is there for certain.
 * @template {Element} Wanted
 * @param {string} selector @param {new () => Wanted} type @returns {Wanted}
 */
export function find(selector, type) {
  const found = document.querySelector(selector);
  if (found instanceof type) return found;
  throw new TypeError(`The page has no ${selector}`);
}
