import { css } from "./css.ts";
import { floating } from "./floating.styles.ts";

/** Lists to choose from and fields for days, in a row above data. */
export const fields = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
  }

  select,
  input[type="date"],
  input[type="search"] {
    box-sizing: border-box;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.625em;
    max-width: 100%;
    min-height: var(--credits-control-height, 2.375em);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: 0.875em;
    cursor: pointer;
  }

  select:hover,
  input[type="date"]:hover {
    border-color: var(--_muted);
  }

  .controls button {
    min-height: var(--credits-control-height, 2.375em);
    font-size: 0.875em;
  }

  .labelled {
    display: flex;
    align-items: center;
    gap: 0.375em;
    color: var(--_muted);
    font-size: 0.8125em;
  }

  @media (pointer: coarse) {
    select,
    input[type="date"],
    input[type="search"],
    .controls button {
      min-height: max(3.125em, var(--credits-control-height, 0em));
    }
  }
`;

const choices = css`
  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125em;
    margin: 0;
    border: 0;
    border-radius: var(--_radius-control);
    padding: 0.1875em;
    min-width: 0;
    background: var(--_sunken);
  }

  .segments label {
    display: flex;
    align-items: center;
    border-radius: calc(var(--_radius-control) - 0.1875em);
    padding: 0 0.75em;
    min-height: 1.875em;
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 500;
    cursor: pointer;
  }

  .segments label:hover {
    color: var(--_text);
  }

  .segments label:has(:checked) {
    background: var(--_surface);
    box-shadow:
      0 0 0 1px var(--_border),
      0 1px 2px color-mix(in srgb, var(--_text) 6%, transparent);
    color: var(--_text);
  }

  .segments label:has(:focus-visible) {
    outline: var(--_focus-ring);
    outline-offset: 2px;
  }

  .segments input {
    position: absolute;
    opacity: 0;
    pointer-events: none;
  }

  .menu {
    position: relative;
  }

  .menu button {
    min-height: var(--credits-control-height, 2.375em);
    font-size: 0.875em;
  }

  .menu > summary {
    display: flex;
    align-items: center;
    gap: 0.375em;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.75em;
    min-height: var(--credits-control-height, 2.375em);
    font-size: 0.875em;
    font-weight: 500;
    list-style: none;
    cursor: pointer;
  }

  .menu > summary::-webkit-details-marker {
    display: none;
  }

  .menu > summary:hover {
    border-color: var(--_muted);
  }

  .menu > div {
    position: absolute;
    z-index: 2;
    inset-block-start: calc(100% + 0.375em);
    inset-inline-end: 0;
    display: grid;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0.25em;
    width: max-content;
    min-width: 100%;
    background: var(--_surface);
    box-shadow: var(--_shadow);
  }

  .menu > div button {
    border-color: transparent;
    text-align: start;
  }

  .menu > div button:hover {
    background: var(--_sunken);
  }

  @media (pointer: coarse) {
    .segments label,
    .menu button,
    .menu > summary {
      min-height: max(3.125em, var(--credits-control-height, 0em));
    }
  }

  @media (forced-colors: active) {
    .segments label:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`;

/** The small controls above data: choices side by side, lists to choose from, fields for days, menus of actions. */
export const control = floating + fields + choices;
