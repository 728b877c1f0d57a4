import { css } from "../ui/css.ts";

/** Choices, fields, a price and the button that commits to it. */
export const form = css`
  .form,
  .amounts,
  .foot,
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1em;
  }

  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
  }

  .amounts {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr));
    gap: 0.5em;
  }

  .option {
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
  }

  .option label {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.625em;
    padding: 0.75em 0.875em;
    min-height: 3.0625em;
    box-sizing: border-box;
    cursor: pointer;
  }

  .option:not(:has(.field)) label {
    height: 100%;
  }

  .option:hover {
    border-color: var(--_muted);
  }

  .option:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    background: var(--_accent-soft);
  }

  .option:has([type="radio"]:focus-visible) {
    outline: var(--_focus-ring);
    outline-offset: 2px;
  }

  .other:has(:checked) {
    grid-column: 1 / -1;
  }

  .other .field {
    padding: 0 0.875em 0.875em;
  }

  [type="radio"],
  [type="checkbox"] {
    flex: none;
    width: 1.125em;
    height: 1.125em;
    margin: 0;
    accent-color: var(--_accent);
    cursor: pointer;
  }

  .option [type="radio"]:focus-visible {
    outline: none;
  }

  .credits {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125em 0.625em;
    min-width: min-content;
    font-size: 0.9375em;
  }

  .credits b {
    font-weight: 600;
  }

  .tag {
    border-radius: 1em;
    padding: 0.0625em 0.625em;
    background: var(--_accent-soft);
    color: var(--_text);
    font-size: 0.8125em;
    font-weight: 500;
  }

  .option:has(:checked) .tag {
    background: var(--_surface);
  }

  .cost {
    margin-inline-start: auto;
    font-weight: 500;
  }

  .field {
    gap: 0.375em;
  }

  .field label {
    font-size: 0.9375em;
    font-weight: 500;
  }

  .box {
    display: flex;
    align-items: center;
    gap: 0.5em;
    border: var(--_hairline) var(--_muted);
    border-radius: var(--_radius-control);
    padding-inline-end: 0.875em;
    background: var(--_surface);
    color: var(--_muted);
    font-size: 0.9375em;
  }

  .box:focus-within {
    outline: var(--_focus-ring);
    outline-offset: 2px;
  }

  .box.bad {
    border-color: var(--_danger);
  }

  .box input {
    flex: 1;
    border: 0;
    outline: 0;
    padding: 0.5em 0.875em;
    width: 100%;
    min-width: 0;
    min-height: 1.75em;
    background: none;
    color: var(--_text);
    font: inherit;
    font-weight: 600;
  }

  .caption.bad {
    color: var(--_danger);
  }

  .foot {
    gap: 0.75em;
    border-block-start: var(--_hairline) var(--_border);
    padding-block-start: 1em;
  }

  /* The total stays in sight, beside the button that commits to it. */
  @media (height > 30em) {
    dialog .foot {
      position: sticky;
      bottom: 0;
      padding-block-end: 0.5em;
      background: var(--_surface);
    }
  }

  .total {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 1em;
  }

  .what p:first-child {
    font-size: 0.9375em;
    font-weight: 500;
  }

  .sum {
    margin-inline-start: auto;
    font-size: 1.5em;
    font-weight: 600;
    letter-spacing: -0.01em;
    line-height: 1.1;
  }

  .wide {
    justify-self: stretch;
    width: auto;
    min-height: max(2.9375em, var(--_control-height));
  }

  .primary[aria-disabled="true"] {
    opacity: 0.6;
    cursor: default;
  }

  .consent {
    display: flex;
    align-items: start;
    gap: 0.625em;
    font-size: 0.9375em;
  }

  .consent input {
    margin-block-start: 0.15em;
  }

  .secure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25em 1em;
  }

  .secure span {
    display: flex;
    align-items: center;
    gap: 0.375em;
  }

  .secure .icon {
    width: 1.125em;
    height: 1.125em;
  }

  .link {
    border: 0;
    padding: 0;
    min-height: 0;
    color: var(--_text);
    font-size: 1em;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  @container (width < 14em) {
    .box span {
      display: none;
    }
  }

  @container (width > 36em) {
    .wide {
      justify-self: end;
      min-width: 18em;
    }
  }

  @media (pointer: coarse) {
    .link {
      min-height: 2.75em;
    }

    .box input {
      min-height: 2.9375em;
    }

    /* A finger gets the room around it, too. */
    .consent {
      margin-block: -0.75em;
      padding-block: 0.75em;
    }
  }

  @media (forced-colors: active) {
    .option:has(:checked) {
      border: 2px solid Highlight;
    }

    .primary {
      border-color: ButtonText;
    }
  }
`;
