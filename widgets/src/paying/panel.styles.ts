import { css } from "../ui/css.ts";

/** The card, the inside of the dialog, and what is said in it. */
export const panel = css`
  :host {
    display: block;
    container-type: inline-size;
    min-inline-size: 0;
    contain-intrinsic-inline-size: 22em;
  }

  :host([modal]) {
    display: contents;
  }

  p,
  h2 {
    margin: 0;
  }

  .base {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25em;
    padding: var(--credits-padding, 1.25em);
    outline: none;
  }

  dialog {
    container-type: inline-size;
  }

  .card {
    border: var(--credits-card-border, var(--_hairline) var(--_border));
    border-radius: var(--credits-radius, 0.75em);
    background: var(--credits-card-surface, var(--_surface));
  }

  .head {
    display: flex;
    align-items: center;
    gap: 0.75em;
  }

  .names {
    flex: 1;
    min-width: 0;
  }

  h2 {
    font-size: 1.0625em;
    font-weight: 600;
  }

  .symbol {
    display: grid;
    flex: none;
    place-items: center;
    width: 2.25em;
    height: 2.25em;
    border-radius: var(--_radius-control);
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .caption,
  .note {
    color: var(--_muted);
    font-size: 0.8125em;
  }

  .note {
    font-size: 0.9375em;
  }

  .icon {
    flex: none;
    width: 1.25em;
    height: 1.25em;
    fill: none;
    stroke: currentColor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 1.5;
  }

  .quiet {
    display: grid;
    flex: none;
    align-self: start;
    justify-self: end;
    place-items: center;
    border-color: transparent;
    padding: 0;
    min-width: 2.25em;
    color: var(--_muted);
  }

  .notice {
    display: flex;
    align-items: start;
    gap: 0.5em;
    border-radius: var(--_radius-control);
    padding: 0.625em 0.75em;
    background: var(--_danger-soft);
    color: var(--_danger);
    font-size: 0.9375em;
  }

  .notice.calm {
    background: var(--_sunken);
    color: var(--_text);
  }

  .outcome {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: 0.375em;
    padding-block: 1.25em 0.5em;
    text-align: center;
    text-wrap: balance;
  }

  .badge {
    display: grid;
    place-items: center;
    border-radius: 50%;
    margin-block-end: 0.5em;
    width: 3em;
    height: 3em;
    background: var(--_sunken);
    color: var(--_muted);
  }

  .badge .icon {
    width: 1.5em;
    height: 1.5em;
  }

  .good .badge {
    background: var(--_positive-soft);
    color: var(--_positive);
  }

  .warn .badge {
    background: var(--_warning-soft);
    color: var(--_warning);
  }

  .waiting .badge {
    background: var(--_accent-soft);
    color: var(--_accent);
  }

  .headline {
    font-size: 1.0625em;
    font-weight: 600;
  }

  .good .headline {
    font-size: 1.5em;
    letter-spacing: -0.01em;
    line-height: 1.2;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.5em;
    margin-block-start: 1em;
  }

  a.button {
    display: inline-grid;
    align-items: center;
    box-sizing: border-box;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.875em;
    min-height: max(2.4em, var(--_control-height));
    color: inherit;
    font-size: 0.9375em;
    font-weight: 500;
    text-decoration: none;
  }

  a.button:hover {
    border-color: currentColor;
  }

  a.primary {
    border-color: transparent;
    color: var(--_on-accent);
  }

  .checkout {
    container-type: inline-size;
    display: grid;
    min-height: 24em;
  }

  .checkout .bone {
    width: 100%;
    height: 2.5em;
  }

  ::slotted([slot="checkout"]) {
    min-width: 0;
  }

  @container (width < 20em) {
    .base {
      padding: var(--credits-padding, 1em);
    }
  }

  /* Also the width of a phone with letters twice as large. */
  @container (width < 14em) {
    .symbol {
      display: none;
    }
  }

  @media (pointer: coarse) {
    a.button {
      min-height: 2.9375em;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .good .badge {
      animation: arrive 220ms ease-out;
    }

    .waiting .badge {
      animation: breathe 1s infinite alternate;
    }
  }

  @media (forced-colors: active) {
    .bone,
    .badge,
    .notice {
      border: 1px solid;
    }
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
