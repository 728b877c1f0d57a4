import { drawWork } from "./art/draw.js";
import { element } from "./words.js";

const WORKS_MAX = 24;

/** @typedef {{ kind: import("./api.js").Kind, prompt: string, seed: string }} Order */

/** What hangs on the wall before anything was made. @type {Order[]} */
const SAMPLES = [
  { kind: "image", prompt: "Dunes before sunrise", seed: "b" },
  { kind: "video", prompt: "Northern lights in winter", seed: "h" },
  { kind: "email", prompt: "The light in March", seed: "b" },
  { kind: "image", prompt: "A glass rose", seed: "a" },
  { kind: "image", prompt: "Wind over the sea", seed: "b" },
  { kind: "image", prompt: "Fog over the harbour", seed: "a" },
  { kind: "video", prompt: "Silk, golden", seed: "b" },
];

/** @param {HTMLElement} list */
export function createGallery(list) {
  /** Lets the browser paint the falling number before a drawing keeps it busy. */
  const afterPaint = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  /** @param {HTMLElement} item @param {Order} order @param {Node} cost */
  const hang = (item, order, cost) => {
    const figure = element("figure", "", drawWork(order));
    const isLetter = order.kind === "email";
    figure.append(
      element(
        "figcaption",
        isLetter ? "on-paper" : "",
        element("span", "work-title", isLetter ? "" : order.prompt),
        cost,
      ),
    );
    item.classList.remove("is-pending");
    item.replaceChildren(figure);
  };

  return {
    /** Hangs the samples in the browser's idle moments, each as it comes near the screen. */
    hangSamples() {
      const whenIdle = window.requestIdleCallback ?? requestAnimationFrame;
      const nearScreen = new IntersectionObserver(
        (entries) => {
          for (const { isIntersecting, target } of entries) {
            const sample = SAMPLES[Number(/** @type {HTMLElement} */ (target).dataset.sample)];
            if (!isIntersecting || !sample) continue;
            nearScreen.unobserve(target);
            whenIdle(() =>
              hang(
                /** @type {HTMLElement} */ (target),
                sample,
                element("span", "work-cost is-sample", "Sample"),
              ),
            );
          }
        },
        { rootMargin: "120px" },
      );
      for (const index of SAMPLES.keys()) {
        const item = element("li", "work is-pending");
        item.dataset.sample = String(index);
        list.append(item);
        nearScreen.observe(item);
      }
    },

    /** Keeps a place for what is being made; it is either filled or given up. */
    reserve() {
      const item = element("li", "work is-pending");
      list.prepend(item);
      list.scrollTo({ left: 0 });
      while (list.children.length > WORKS_MAX) list.lastElementChild?.remove();
      return {
        giveUp: () => item.remove(),
        /** @param {Order} order @param {string} price */
        fill: async (order, price) => {
          await afterPaint();
          hang(item, order, element("span", "work-cost", price));
        },
      };
    },
  };
}
