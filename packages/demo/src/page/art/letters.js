import { pick } from "./random.js";

/** @typedef {{ from: string, greeting: string, body: string[], closing: string }} Letter */

/** What Lumen writes about a subject. @type {((subject: string) => Letter)[]} */
const LETTERS = [
  (subject) => ({
    from: "Atelier Nord",
    greeting: "Dear Elin,",
    body: [
      `The first proofs of “${subject}” came off the press this morning, and the blues are deeper than any screen had let us hope.`,
      "Come by on Thursday while the light is still low. The kettle will be on.",
    ],
    closing: "Yours, Maren",
  }),
  (subject) => ({
    from: "Lighthouse Weekly",
    greeting: "Good morning,",
    body: [
      `One picture stayed with us all week: “${subject}”. It was made in a minute and looked at for an hour.`,
      "We asked four readers what they saw in it. No two of them agreed, which is how we knew.",
    ],
    closing: "The editors",
  }),
  (subject) => ({
    from: "Finch & Daughters",
    greeting: "Hello Tomás,",
    body: [
      `You asked for something quiet for the spring window. Here it is: “${subject}”, in three sizes, on cotton paper.`,
      "Say yes by Friday and it hangs before the almond trees are out.",
    ],
    closing: "Warmly, Odile",
  }),
];

/** @param {string} subject @param {() => number} random @returns {Letter} */
export function letterAbout(subject, random) {
  return pick(random, LETTERS)(subject);
}

/** A letter set on paper. @param {string} subject @param {() => number} random @returns {HTMLElement} */
export function setLetter(subject, random) {
  const letter = letterAbout(subject, random);
  const sheet = element("div", "letter");
  const text = element("div", "letter-text");
  text.append(element("p", "letter-from", letter.from), element("p", "letter-subject", subject));
  text.append(element("p", "letter-greeting", letter.greeting));
  text.append(...letter.body.map((paragraph) => element("p", "letter-body", paragraph)));
  text.append(element("p", "letter-closing", letter.closing));
  sheet.append(text);
  return sheet;
}

/** @param {string} tag @param {string} className @param {string} [content] */
function element(tag, className, content = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
}
