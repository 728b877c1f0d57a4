import type { Page } from "playwright-core";
import { textsOf } from "../theming/scene-page.ts";

/** What text needs on its ground. */
const LEAST_CONTRAST = 4.5;

/** Finds what a person would stumble over on a page of scenes; a script, since it runs there. */
const FIND = `(() => {
  const { nodesIn, isDrawn } = theming;
  const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const pixelOf = (...colours) => {
    context.fillStyle = "white";
    context.fillRect(0, 0, 1, 1);
    for (const colour of colours) { context.fillStyle = colour; context.fillRect(0, 0, 1, 1); }
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const lightOf = (colour) => {
    const [red, green, blue] = colour.map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const outward = (node) => {
    const way = [];
    for (let at = node; at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) way.unshift(at);
    return way;
  };
  const contrastOf = (node) => {
    const grounds = outward(node).map((at) => getComputedStyle(at).backgroundColor);
    const ground = pixelOf(...grounds);
    const ink = pixelOf(...grounds, getComputedStyle(node).color);
    const [high, low] = [lightOf(ground), lightOf(ink)].sort((one, other) => other - one);
    return (high + 0.05) / (low + 0.05);
  };
  const deepest = (x, y) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot?.elementFromPoint(x, y) && found.shadowRoot.elementFromPoint(x, y) !== found)
      found = found.shadowRoot.elementFromPoint(x, y);
    return found;
  };
  const isPressable = (node) => {
    node.scrollIntoView({ block: "center", inline: "center" });
    const { left, top, width, height } = node.getBoundingClientRect();
    const found = deepest(left + width / 2, top + height / 2);
    return found !== null && (outward(found).includes(node) || outward(node).includes(found));
  };
  const nameOf = (node) => node.localName + " " + (node.part?.value || node.className || "");
  const drawn = nodesIn(theming.stage).filter(isDrawn);
  const problems = [];
  if (document.documentElement.scrollWidth > innerWidth + 1)
    problems.push("the page is " + document.documentElement.scrollWidth + " pixels wide");
  for (const node of drawn) {
    const text = [...node.childNodes].filter((child) => child instanceof Text).map(({ data }) => data.trim()).join("");
    if (text && !node.matches("option, :disabled, :disabled *, title") && contrastOf(node) < ${LEAST_CONTRAST})
      problems.push(text + " has a contrast of " + contrastOf(node).toFixed(1));
    if (node.matches("button:enabled, select, summary, input:not([type=radio], [type=checkbox])") && !isPressable(node))
      problems.push(nameOf(node) + " cannot be pressed");
  }
  if (!drawn.some((node) => /\\d/.test(node.textContent))) problems.push("there is no figure");
  if (!drawn.some((node) => node.matches("button, select"))) problems.push("there is nothing to press");
  return problems;
})()`;

/** What a person could not read or use of the scene that is shown: figures and buttons are there, and text has contrast. */
export async function unusableOn(page: Page): Promise<string[]> {
  return textsOf(await page.evaluate(FIND));
}
