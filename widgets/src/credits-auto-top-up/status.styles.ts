import { css } from "../ui/css.ts";

/** The switch, what it is at, and the month's spending. */
export const status = css`
  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 0.75em;
    min-height: 1.75em;
  }

  .pill {
    display: flex;
    align-items: center;
    gap: 0.5em;
    border-radius: 2em;
    padding: 0.125em 0.75em;
    background: var(--_sunken);
    font-size: 0.8125em;
    font-weight: 500;
  }

  .pill.on {
    background: var(--_positive-soft);
    color: var(--_positive);
  }

  .off-hint {
    flex: 1 100%;
  }

  .dot {
    border-radius: 50%;
    width: 0.5em;
    height: 0.5em;
    background: currentColor;
  }

  .switch {
    position: relative;
    flex: none;
    border-color: var(--_muted);
    border-radius: 2em;
    margin-inline-start: auto;
    padding: 0;
    width: 2.75em;
    min-height: 1.6em;
    background: var(--_sunken);
  }

  /* A finger needs more room than the eye. */
  .switch::after {
    position: absolute;
    inset: -0.6875em;
    content: "";
  }

  .switch span {
    position: absolute;
    inset-block-start: 0.1875em;
    inset-inline-start: 0.1875em;
    border-radius: 50%;
    width: 1.1em;
    height: 1.1em;
    background: var(--_muted);
  }

  .switch[aria-checked="true"] {
    border-color: transparent;
    background: var(--_accent);
  }

  .switch[aria-checked="true"] span {
    inset-inline: auto 0.1875em;
    background: var(--_on-accent);
  }

  .standing {
    display: flex;
    align-items: start;
    gap: 0.625em;
    border-radius: var(--_radius-control);
    padding: 0.875em;
    background: var(--_sunken);
  }

  .standing > div {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    flex: 1;
    justify-items: start;
    gap: 0.25em;
    min-width: 0;
  }

  .standing .headline {
    font-size: 0.9375em;
  }

  .standing .note {
    color: var(--_text);
    font-size: 0.875em;
  }

  .standing .primary {
    margin-block-start: 0.5em;
  }

  .standing.waiting {
    background: var(--_accent-soft);
  }

  .standing.waiting > .icon {
    color: var(--_accent);
  }

  .standing.warn {
    background: var(--_warning-soft);
  }

  .standing.warn > .icon {
    color: var(--_warning);
  }

  .standing.bad {
    background: var(--_danger-soft);
  }

  .standing.bad > .icon {
    color: var(--_danger);
  }

  .standing.calm > .icon {
    color: var(--_positive);
  }

  .sentence {
    font-size: 1.0625em;
    text-wrap: pretty;
  }

  .spending {
    --_level: var(--_accent);
    display: grid;
    gap: 0.375em;
  }

  .near {
    --_level: var(--_warning);
  }

  .full {
    --_level: var(--_danger);
  }

  .track {
    min-height: 1.5em;
  }

  .meter {
    display: block;
    border-radius: 1em;
    width: 100%;
    height: 0.5em;
    background: color-mix(in srgb, var(--_text) 12%, transparent);
    color: var(--_level);
  }

  .meter rect {
    fill: currentColor;
  }

  .meter line {
    stroke: var(--_surface);
    stroke-width: 2;
  }

  .meter:dir(rtl) {
    transform: scaleX(-1);
  }

  .marks {
    display: grid;
    grid-template-columns: 80fr 10fr 10fr;
    justify-items: end;
    color: var(--_muted);
    font-size: 0.6875em;
    white-space: nowrap;
  }

  .marks span {
    min-width: 0;
  }

  .facts {
    display: grid;
    gap: 0.75em;
    border-block-start: var(--_hairline) var(--_border);
    margin: 0;
    padding-block-start: 1em;
  }

  dt {
    color: var(--_muted);
  }

  dd {
    display: grid;
    justify-items: end;
    margin: 0;
    margin-inline-start: auto;
    min-width: 0;
    text-align: end;
  }

  dd .link {
    font-size: 0.8667em;
  }

  .attempt.failed,
  .attempt.expired {
    color: var(--_danger);
  }

  @container (width < 26em) {
    .marks span:nth-child(2) {
      visibility: hidden;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .waiting > .icon {
      animation: breathe 1s infinite alternate;
    }

    .meter rect {
      transition: width 220ms ease-out;
    }
  }

  @media (forced-colors: active) {
    .standing,
    .pill {
      border: 1px solid;
    }

    .switch,
    .switch[aria-checked="true"] {
      border-color: ButtonText;
    }

    .switch span {
      background: ButtonText;
    }

    .switch[aria-checked="true"] {
      background: Highlight;
    }

    .meter {
      border: 1px solid CanvasText;
      color: Highlight;
    }
  }
`;
