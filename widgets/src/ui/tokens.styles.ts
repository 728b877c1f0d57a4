import { css } from "./css.ts";

/**
 * Public tokens (`--credits-*`) are decisions a host page makes; elements use the private ones (`--_*`) only. Without a
 * theme the element follows the page's own `color-scheme`, so that it is never dark on a page that is not.
 */
export const tokens = css`
  :host {
    --_surface: var(--credits-surface, light-dark(#fff, #16181d));
    --_sunken: var(--credits-surface-sunken, light-dark(#f6f7f9, #101216));
    --_border: var(--credits-border, light-dark(#e4e7ec, #2a2e37));
    --_text: var(--credits-text, light-dark(#101828, #f2f4f7));
    --_muted: var(--credits-text-muted, light-dark(#5b6472, #9aa4b2));
    --_accent: var(--credits-accent, light-dark(#4f46e5, #8b85ff));
    --_accent-soft: var(--credits-accent-soft, color-mix(in srgb, var(--_accent) 8%, var(--_surface)));
    --_on-accent: var(--credits-on-accent, light-dark(#fff, #0f1020));
    --_warning: var(--credits-warning, light-dark(#b54708, #fdb022));
    --_warning-soft: var(--credits-warning-soft, color-mix(in srgb, var(--_warning) 8%, var(--_surface)));
    --_danger: var(--credits-danger, light-dark(#b42318, #f97066));
    --_danger-soft: var(--credits-danger-soft, color-mix(in srgb, var(--_danger) 8%, var(--_surface)));
    --_hairline: var(--credits-border-width, 1px) solid;
    --_radius-control: var(--credits-radius-control, 0.5em);
    --_control-height: var(--credits-control-height, 2.25em);
    --_focus-ring: var(--credits-focus-ring, 2px solid var(--_accent));

    font-family: var(--credits-font-family, inherit);
    font-size: var(--credits-font-size, inherit);
  }

  /* What a host page inherits into us is its font and nothing else: not on the host, which rules for "*" reach, too. */
  :host > * {
    color: var(--_text);
    font-style: normal;
    font-variant: tabular-nums;
    font-weight: 400;
    hyphens: manual;
    letter-spacing: normal;
    line-height: 1.45;
    overflow-wrap: break-word;
    text-align: start;
    text-indent: 0;
    text-shadow: none;
    text-transform: none;
    text-wrap: wrap;
    white-space: normal;
    word-break: normal;
    word-spacing: normal;
    -webkit-text-fill-color: currentcolor;
  }

  /* Elements inside of ours have its size already: parts of it would count twice. */
  * {
    --credits-font-size: initial;
  }

  :host([theme="light"]) {
    color-scheme: light;
  }

  :host([theme="dark"]) {
    color-scheme: dark;
  }

  :host([theme="auto"]) {
    color-scheme: light dark;
  }

  :host([hidden]) {
    display: none !important;
  }
`;
