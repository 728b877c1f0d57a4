import { css } from "./css.ts";

/** The small controls above data: choices side by side, lists to choose from, fields for days, menus of actions. */
export const control = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em;
  }

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
    transition:
      background-color 160ms,
      color 160ms;
  }

  .segments label:hover {
    color: var(--_text);
  }

  .segments label:has(:checked) {
    background: var(--_surface);
    box-shadow:
      0 0 0 1px var(--_border),
      0 1px 2px rgb(0 0 0 / 0.06);
    color: var(--_text);
  }

  .segments label:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .segments input {
    position: absolute;
    opacity: 0;
    pointer-events: none;
  }

  select,
  input[type="date"],
  input[type="search"] {
    box-sizing: border-box;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.625em;
    max-width: 100%;
    min-height: 2.375em;
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

  .controls button,
  .menu button {
    min-height: 2.375em;
    font-size: 0.875em;
  }

  .labelled {
    display: flex;
    align-items: center;
    gap: 0.375em;
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .menu {
    position: relative;
  }

  .menu > summary {
    display: flex;
    align-items: center;
    gap: 0.375em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.75em;
    min-height: 2.375em;
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
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    padding: 0.25em;
    min-width: 10em;
    background: var(--_surface);
    box-shadow:
      0 1px 3px rgb(0 0 0 / 0.1),
      0 0.75em 2em rgb(0 0 0 / 0.14);
  }

  .menu > div button {
    border-color: transparent;
    text-align: start;
  }

  .menu > div button:hover {
    background: var(--_sunken);
  }

  @media (pointer: coarse) {
    .segments label {
      min-height: 2.5em;
    }

    select,
    input[type="date"],
    input[type="search"],
    .menu > summary,
    .controls button {
      min-height: 3.125em;
    }
  }

  @media (forced-colors: active) {
    .segments label:has(:checked) {
      outline: 2px solid Highlight;
    }
  }
`;
