/** All elements below a place, those in shadow roots too. */
export function nodesIn(place: Element): Element[] {
  const inside = [...(place.shadowRoot?.children ?? []), ...place.children];
  return inside.flatMap((node) => [node, ...nodesIn(node)]);
}

/** Whether there is something of it to be seen. */
export function isDrawn(node: Element): boolean {
  if (getComputedStyle(node).display === "contents") return [...node.children].some(isDrawn);
  const { width, height } = node.getBoundingClientRect();
  if (width * height === 0 && !node.closest("svg")) return false;
  if (node.closest(".probes, .visually-hidden")) return false;
  return node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}

const SIDES = ["top", "right", "bottom", "left"];
const ALWAYS = [
  ...["background-color", "background-image", "box-shadow", "opacity", "width", "height"],
  ...SIDES.map((side) => `padding-${side}`),
  ...["top-left", "bottom-right"].map((corner) => `border-${corner}-radius`),
];
const OF_TEXT = ["color", "font-family", "font-size"];

/** Everything to be seen below a place, as text: what differs in it looks different. */
export function lookOf(place: Element): string {
  return nodesIn(place)
    .filter(isDrawn)
    .flatMap((node) => [
      lookOfBox(node, ""),
      ...["::before", "::after"]
        .filter((pseudo) => getComputedStyle(node, pseudo).content !== "none")
        .map((pseudo) => lookOfBox(node, pseudo)),
      ...(node instanceof HTMLDialogElement && node.open ? [lookOfBox(node, "::backdrop")] : []),
      node instanceof HTMLCanvasElement ? pixelsOf(node) : "",
    ])
    .join("\n");
}

/** A colour counts only where there is something that wears it. */
function lookOfBox(node: Element, pseudo: string): string {
  const style = getComputedStyle(node, pseudo);
  const names = [...ALWAYS];
  const isSvg = node instanceof SVGElement;
  const hasText = [...node.childNodes].some((child) => child instanceof Text && child.data.trim());
  if (hasText || pseudo || isSvg || node.matches("input, select, button")) names.push(...OF_TEXT);
  if (isSvg) names.push("fill", "stroke");
  if (node.matches("[type=radio], [type=checkbox]")) names.push("accent-color");
  for (const side of SIDES) {
    const isThere = parseFloat(style.getPropertyValue(`border-${side}-width`)) > 0;
    if (isThere) names.push(...["width", "style", "color"].map((what) => `border-${side}-${what}`));
  }
  if (style.outlineStyle !== "none") names.push("outline-color", "outline-width", "outline-style");
  if (style.textDecorationLine !== "none") names.push("text-decoration-color");
  return names.map((name) => style.getPropertyValue(name)).join("|");
}

function pixelsOf(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL();
}
