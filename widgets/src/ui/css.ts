/** The text of a style sheet; the tag is what lets editors, formatters and the build see CSS. */
export const css = String.raw;

/**
 * One constructed style sheet of several texts, made when an element is first defined, since a server has none. Lit's
 * own `css` also serves browsers that cannot construct style sheets; none of ours needs that, nor its weight.
 */
export function styleSheet(...texts: string[]): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(texts.join(""));
  return sheet;
}
