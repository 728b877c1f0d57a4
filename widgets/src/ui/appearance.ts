/** The tokens that a host page may set, in CSS as `--credits-<name>` or by script through `appearance`. */
export const TOKENS = {
  surface: "surface",
  surfaceSunken: "surface-sunken",
  border: "border",
  text: "text",
  textMuted: "text-muted",
  accent: "accent",
  accentSoft: "accent-soft",
  onAccent: "on-accent",
  positive: "positive",
  positiveSoft: "positive-soft",
  warning: "warning",
  warningSoft: "warning-soft",
  danger: "danger",
  dangerSoft: "danger-soft",
  fontFamily: "font-family",
  padding: "padding",
  radius: "radius",
  radiusControl: "radius-control",
} as const;

export type Token = keyof typeof TOKENS;

/** The look of an element as data: the same tokens that CSS sets. */
export type Appearance = Partial<Record<Token, string>>;

/**
 * Writes the tokens into a style sheet of the element's own: no attribute of the host page's element is touched, and the
 * page's own CSS for the element still wins. Values go through the CSSOM, so that none can add a rule.
 */
export function writeAppearance(sheet: CSSStyleSheet, appearance: Appearance): void {
  sheet.replaceSync(":host{}");
  const rule = sheet.cssRules[0];
  if (!(rule instanceof CSSStyleRule)) return;
  for (const [key, name] of Object.entries(TOKENS)) {
    const value = new Map(Object.entries(appearance)).get(key);
    if (typeof value === "string") rule.style.setProperty(`--credits-${name}`, value);
  }
}
