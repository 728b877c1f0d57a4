import type { Plugin } from "vite";

/** Lit's style sheets, for browsers that construct them as all of ours do: our elements hand over nothing else. */
const CSS_TAG = `
  export const supportsAdoptingStyleSheets = true;
  export const adoptStyles = (root, sheets) => { root.adoptedStyleSheets = sheets; };
  export const getCompatibleStyle = (sheet) => sheet;
  export class CSSResult {}
  export const css = undefined;
  export const unsafeCSS = undefined;
`;

/** Leaves out of Lit what serves browsers that we do not support: a third of a kilobyte. */
export function leanLit(): Plugin {
  return {
    name: "lean-lit",
    enforce: "pre",
    load: (id) => (/@lit\/reactive-element\/(node\/)?css-tag\.js$/.test(id) ? CSS_TAG : undefined),
  };
}
