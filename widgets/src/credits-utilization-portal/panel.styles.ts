import { control } from "../ui/control.styles.ts";
import { css } from "../ui/css.ts";
import { pill } from "../ui/pill.styles.ts";
import { positive } from "../ui/positive.styles.ts";

const content = css`
  .amount select {
    margin-block-end: 0.5em;
    max-width: 16em;
  }

  .amount .caption {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    min-height: 1.45em;
  }

  .amount .caption span:not(:last-child)::after {
    content: "·";
    margin-inline: 0.5em;
  }

  b {
    font-weight: 600;
  }

  .figure.words {
    font-size: 1.125em;
    line-height: 1.467;
  }

  .danger {
    color: var(--_danger);
  }

  .warning {
    color: var(--_warning);
  }

  .positive {
    color: var(--_positive);
  }

  .tab:hover {
    color: var(--_text);
  }

  .tab:focus-visible {
    outline-offset: -3px;
  }

  .tab[aria-selected="true"] {
    color: var(--_text);
  }

  .tab[aria-selected="true"]::after {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0.75em;
    border-start-start-radius: 2px;
    border-start-end-radius: 2px;
    height: 2px;
    background: var(--_accent);
    content: "";
  }

  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1em;
    border-radius: var(--credits-radius, 0.75em);
  }

  .panel > * {
    min-width: 0;
  }

  .beside {
    display: flex;
    align-items: start;
    justify-content: space-between;
    gap: 0.75em;
  }

  .beside > div {
    display: grid;
    gap: 0.25em;
    min-width: 0;
  }

  .ring {
    flex: none;
    width: 3.75em;
    height: 3.75em;
    fill: none;
    stroke-width: 4;
  }

  .ring .track {
    stroke: var(--_sunken);
  }

  .ring .share {
    stroke: var(--_accent);
  }

  .ring text {
    fill: var(--_text);
    font-size: 10px;
    font-weight: 600;
    stroke: none;
  }

  .alerts,
  .rows {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .alerts {
    gap: 0.5em;
  }

  .alert {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.75em;
    border-radius: var(--_radius-control);
    padding: 0.75em 1em;
    background: var(--_warning-soft);
    color: var(--_text);
    font-size: 0.9375em;
  }

  .alert.danger {
    background: var(--_danger-soft);
  }

  .alert > .icon {
    color: var(--_warning);
  }

  .alert.danger > .icon {
    color: var(--_danger);
  }

  .alert > div {
    flex: 1 12em;
    min-width: 0;
  }

  .alert p {
    font-weight: 500;
  }

  .alert .note {
    color: inherit;
    font-weight: 400;
  }

  a,
  .link {
    color: inherit;
    text-decoration: underline;
    text-decoration-color: var(--_muted);
    text-underline-offset: 0.2em;
  }

  .link {
    border: 0;
    padding: 0 0.25em;
  }

  [aria-disabled="true"] {
    opacity: 0.45;
    cursor: default;
  }

  .head .link {
    min-height: 1.5em;
    color: var(--_muted);
    font-size: 0.875em;
  }

  .head .link:hover {
    color: var(--_text);
  }

  .button {
    display: inline-grid;
    align-items: center;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0 0.875em;
    min-height: var(--_control-height);
    background: var(--_surface);
    font-weight: 500;
    text-decoration: none;
  }

  .content {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75em;
  }

  .bars {
    width: 100%;
    height: 6em;
    overflow: hidden;
    fill: var(--_accent);
  }

  .bars .none {
    fill: var(--_border);
  }

  .bars:dir(rtl) {
    transform: scaleX(-1);
  }

  .sum .caption {
    margin-inline-start: 0.25em;
  }

  .ends {
    display: flex;
    justify-content: space-between;
    margin-block-start: -0.375em;
  }

  .rows .row {
    font-size: 0.9375em;
  }

  .row > span {
    display: grid;
    min-width: 0;
  }

  .row > span + span {
    flex: none;
    max-width: 60%;
    text-align: end;
  }

  .row .caption {
    font-size: 0.8667em;
  }

  .section > .message,
  .section .message {
    min-height: 9em;
  }

  @media (forced-colors: active) {
    .tab[aria-selected="true"]::after {
      background: Highlight;
    }

    .ring .track {
      stroke: GrayText;
    }

    .ring .share {
      stroke: CanvasText;
    }

    .bars {
      fill: CanvasText;
    }

    .alert {
      border: 1px solid;
    }
  }
`;

export const panelStyles = positive + control + pill + content;
