import { element, KIND_NAMES, withSymbol, withUnit } from "./words.js";

/** @typedef {import("./api.js").Kind} Kind */

/**
 * @param {HTMLElement} place
 * @param {(kind: Kind) => void} make what the offers of a notice do
 */
export function createNotice(place, make) {
  /** @param {string} title @param {string} text @param {HTMLElement[]} buttons */
  const show = (title, text, buttons = []) => {
    const notice = element("div", "notice", element("p", "notice-text", element("strong", "", title), text));
    if (buttons.length > 0) notice.append(element("div", "notice-actions", ...buttons));
    place.replaceChildren(notice);
  };
  /** @param {string} label @param {() => void} act */
  const button = (label, act) => {
    const made = element("button", "", label);
    made.setAttribute("type", "button");
    made.addEventListener("click", act);
    return made;
  };

  return {
    clear: () => place.replaceChildren(),

    /**
     * Says kindly that the credits do not suffice, and offers only what is really to be had.
     * @param {Kind} kind @param {import("./api.js").Shortage} shortage @param {import("./api.js").Offers} offers
     */
    short(kind, { cost, available, affordable }, { unit, prices }) {
      const isSome = Number(available) > 0;
      const left = isSome ? `you have ${withUnit(available, unit)} left` : `there are no ${unit.plural} left`;
      const hint =
        affordable.length > 0 ? "This still fits:" : "Whoever looks after this account can grant more.";
      show(
        `${capital(KIND_NAMES[kind].one)} needs ${withUnit(cost, unit)}, and ${left}.`,
        `Nothing was charged. ${hint}`,
        affordable.map((other) =>
          button(`Make ${KIND_NAMES[other].one} · ${withSymbol(prices[other], unit)}`, () => make(other)),
        ),
      );
    },

    /** A press whose answer was lost may have burned its credits, so it is repeated under its own id. @param {string} detail @param {() => void} retry */
    pressFailed(detail, retry) {
      const text = `${detail} Trying again repeats the same press, which is never charged twice.`;
      show("That did not work.", text, [button("Try again", retry)]);
    },

    /** @param {string} detail @param {() => void} retry */
    failed: (detail, retry) => show("That did not work.", detail, [button("Try again", retry)]),
  };
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
