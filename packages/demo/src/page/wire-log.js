import { element, formatCredits } from "./words.js";

const LINES_MAX = 4;

/** The latest events, as the credits server answered them. @param {HTMLElement} list */
export function createWireLog(list) {
  /** @param {string} className @param {(string | Node)[]} parts */
  const add = (className, ...parts) => {
    list.prepend(element("li", className, ...parts.map((part) => element("span", "", part))));
    while (list.children.length > LINES_MAX) list.lastElementChild?.remove();
  };

  return {
    /** @param {import("./api.js").Generated} generated */
    applied({ event, result, tookMs }) {
      const delta = formatCredits(result.delta ?? "0").replace("-", "\u2212");
      add(
        "",
        element("strong", "", `${event.featureId} ${delta}`),
        `balance ${formatCredits(result.balance ?? "0")}`,
        `entry ${result.seq}`,
        `${tookMs} ms`,
      );
    },
    /** @param {string} kind @param {string} code */
    refused(kind, code) {
      add("is-refused", element("strong", "", kind), code);
    },
  };
}
