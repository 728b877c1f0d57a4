import { css } from "../ui/css.ts";

/** The picture, the card that tells a bar's parts, and patterns where colours are the person's own. */
export const plotStyles = css`
  .stage {
    position: absolute;
    inset: 0;
    border-radius: var(--_radius-control);
    touch-action: pan-y;
    cursor: default;
  }

  .stage canvas {
    display: block;
  }

  .probes {
    position: absolute;
    width: 0;
    height: 0;
    overflow: hidden;
  }

  .probes i {
    color: var(--_tone);
    transition: color 1ms step-start;
  }

  .ink-text {
    --_tone: var(--_text);
  }

  .ink-muted {
    --_tone: var(--_muted);
  }

  .ink-border {
    --_tone: var(--_border);
  }

  .ink-surface {
    --_tone: var(--_surface);
  }

  .ink-sunken {
    --_tone: var(--_sunken);
  }

  .tip {
    position: absolute;
    z-index: 1;
    top: 0;
    left: 0;
    box-sizing: border-box;
    border: var(--_hairline) var(--_border);
    border-radius: var(--_radius-control);
    padding: 0.75em 0.875em;
    min-width: min(11em, 100%);
    max-width: min(20em, 100%);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    font-size: 0.8125em;
    pointer-events: none;
  }

  .tip dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0.25em 0.5em;
    margin: 0.5em 0 0;
  }

  .tip dt {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tip dd {
    margin: 0;
    font-weight: 500;
    text-align: end;
  }

  .tip .aside {
    color: var(--_muted);
    font-weight: 400;
  }

  .tip p {
    display: flex;
    justify-content: space-between;
    gap: 1em;
    font-weight: 600;
  }

  .tip .swatch {
    grid-column: 1;
  }

  @media (prefers-reduced-motion: no-preference) {
    .stage canvas {
      animation: appear 180ms ease-out;
    }

    .tip {
      transition: transform 120ms ease-out;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @media (forced-colors: active) {
    .probes i {
      --_tone: CanvasText;
      forced-color-adjust: none;
    }

    .probes .ink-surface {
      --_tone: Canvas;
    }

    .probes .ink-border,
    .probes .ink-sunken {
      --_tone: GrayText;
    }
  }
`;
