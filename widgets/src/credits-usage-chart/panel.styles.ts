import { control } from "../ui/control.styles.ts";
import { css } from "../ui/css.ts";
import { palette } from "../ui/palette.styles.ts";
import { table } from "../ui/table.styles.ts";

/** What stands in the card: controls, the legend with its swatches, the table. */
const content = css`
  .views {
    flex-wrap: nowrap;
    margin-inline-start: auto;
  }

  .labelled input {
    font-size: 1.077em;
  }

  .picked::before {
    content: "·";
    margin-inline: 0.375em;
  }

  .unit {
    color: var(--_muted);
    font-size: 0.9375em;
  }

  .arrow {
    margin-inline-end: 0.25em;
    color: var(--_text);
    font-weight: 600;
  }

  ul {
    display: grid;
    gap: 0.125em;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto minmax(3em, auto);
    align-items: center;
    gap: 0.125em 0.625em;
    box-sizing: border-box;
    border: 0;
    padding: 0.25em 0.375em;
    width: 100%;
    min-height: max(2.75em, var(--_control-height));
    font-size: 0.9375em;
    font-weight: 400;
    text-align: start;
  }

  button.row:hover {
    background: var(--_sunken);
  }

  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .value {
    font-weight: 500;
  }

  .share {
    color: var(--_muted);
    font-size: 0.8667em;
    text-align: end;
  }

  .share-bar {
    grid-column: 2 / -1;
    border-radius: 0.25em;
    width: 100%;
    height: 0.25em;
    background: var(--_sunken);
    fill: var(--_tone);
  }

  .share-bar:dir(rtl) {
    transform: scaleX(-1);
  }

  .row[aria-pressed="true"] {
    background: var(--_sunken);
  }

  .faint {
    color: var(--_muted);
  }

  .faint :is(.swatch, svg) {
    opacity: 0.35;
  }

  .swatch {
    flex: none;
    border-radius: 0.1875em;
    width: 0.75em;
    height: 0.75em;
    background: var(--_tone);
  }

  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25em 1em;
  }

  .key {
    display: flex;
    align-items: center;
    gap: 0.5em;
    border: 0;
    padding: 0 0.375em;
    color: var(--_muted);
    font-size: 0.8125em;
    font-weight: 400;
  }

  .key[aria-pressed="false"] .swatch {
    opacity: 0.35;
  }

  .dashes {
    height: 0;
    border-block-start: 2px dashed var(--_muted);
    border-radius: 0;
    background: none;
  }

  .hatched {
    background: repeating-linear-gradient(135deg, var(--_muted) 0 1px, transparent 1px 0.25em);
  }

  .tone-0 {
    --_tone: var(--_series-other);
  }

  .tone-1 {
    --_tone: var(--_series-1);
  }

  .tone-2 {
    --_tone: var(--_series-2);
  }

  .tone-3 {
    --_tone: var(--_series-3);
  }

  .tone-4 {
    --_tone: var(--_series-4);
  }

  .tone-5 {
    --_tone: var(--_series-5);
  }

  .tone-6 {
    --_tone: var(--_series-6);
  }

  .tone-7 {
    --_tone: var(--_series-7);
  }

  .tone-8 {
    --_tone: var(--_series-8);
  }

  th[scope="row"] {
    color: inherit;
    font-weight: 400;
  }

  .nothing {
    color: var(--_muted);
  }

  @media (pointer: coarse) {
    button.key {
      min-height: 3.3846em;
    }
  }

  @container (34em <= width < 56em) {
    .legend {
      grid-template-columns: repeat(auto-fill, minmax(16em, 1fr));
      column-gap: 1.5em;
    }
  }

  @container (width < 34em) {
    .ranges {
      flex: 1;
    }

    .segments label {
      flex: 1 0 auto;
      justify-content: center;
      padding: 0 0.25em;
      font-size: 0.8125em;
    }

    .line > select {
      flex: 1 1 40%;
      min-width: 0;
    }

    .views {
      flex: 1 0 auto;
    }

    .line > .menu {
      flex: 1 1 auto;
    }

    .labelled {
      flex: 1 1 40%;
      flex-direction: column;
      align-items: stretch;
      gap: 0;
      min-width: 0;
    }

    .menu > summary {
      justify-content: center;
    }
  }

  @media (forced-colors: active) {
    .share-bar {
      border: 1px solid;
      fill: CanvasText;
    }

    .dashes {
      border-color: CanvasText;
    }

    /* The same patterns as in the picture. */
    .swatch:not(.dashes) {
      --_ink: CanvasText;
      forced-color-adjust: none;
      border: 1px solid CanvasText;
      width: 1em;
      height: 1em;
      background: Canvas;
    }

    .swatch.tone-0 {
      background: repeating-linear-gradient(var(--_ink) 0 2px, Canvas 2px 0.5em);
    }

    .swatch.tone-1 {
      background: CanvasText;
    }

    .swatch.tone-2,
    .swatch.hatched {
      background: repeating-linear-gradient(135deg, var(--_ink) 0 1px, Canvas 1px 0.25em);
    }

    .swatch.tone-3 {
      background: repeating-linear-gradient(45deg, var(--_ink) 0 1px, Canvas 1px 0.25em);
    }

    .swatch.tone-4 {
      background: repeating-linear-gradient(var(--_ink) 0 1px, Canvas 1px 0.25em);
    }

    .swatch.tone-5 {
      background: repeating-linear-gradient(90deg, var(--_ink) 0 1px, Canvas 1px 0.25em);
    }

    .swatch.tone-6 {
      background: radial-gradient(var(--_ink) 30%, Canvas 35%) 0 0 / 0.375em 0.375em;
    }

    .swatch.tone-7 {
      background:
        repeating-linear-gradient(90deg, var(--_ink) 0 1px, transparent 1px 0.5em),
        repeating-linear-gradient(var(--_ink) 0 1px, Canvas 1px 0.5em);
    }

    .swatch.tone-8 {
      background:
        repeating-linear-gradient(45deg, var(--_ink) 0 1px, transparent 1px 0.375em),
        repeating-linear-gradient(135deg, var(--_ink) 0 1px, Canvas 1px 0.375em);
    }
  }
`;

export const panelStyles = palette + control + table + content;
