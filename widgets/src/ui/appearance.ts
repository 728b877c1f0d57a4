/** The tokens that a host page may set, in CSS (`--credits-text-muted`) or by script (`textMuted`). */
export type Token =
  | "surface"
  | "surfaceSunken"
  | "cardSurface"
  | "border"
  | "text"
  | "textMuted"
  | "accent"
  | "accentSoft"
  | "onAccent"
  | "positive"
  | "positiveSoft"
  | "warning"
  | "warningSoft"
  | "danger"
  | "dangerSoft"
  | `series${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | "Other"}`
  | "fontFamily"
  | "fontSize"
  | "padding"
  | "radius"
  | "radiusControl"
  | "controlHeight"
  | "borderWidth"
  | "cardBorder"
  | "focusRing"
  | "shadow";

/** The look of an element as data: the same tokens that CSS sets. */
export type Appearance = Partial<Record<Token, string>>;

/**
 * Writes the tokens into a style sheet of the element's own: no attribute of the host page's element is touched, and the
 * page's own CSS for the element still wins. Values go through the CSSOM, so that none can add a rule.
 */
export function writeAppearance(sheet: CSSStyleSheet, appearance: Appearance): void {
  sheet.replaceSync(":host{}");
  const [rule] = sheet.cssRules;
  if (!(rule instanceof CSSStyleRule)) return;
  for (const [token, value] of Object.entries(appearance)) {
    const name = token.replace(/[A-Z\d]/g, (sign) => `-${sign.toLowerCase()}`);
    rule.style.setProperty(`--credits-${name}`, value);
  }
}
