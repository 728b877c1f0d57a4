import { button } from "../ui/button.styles.ts";
import { css, styleSheet } from "../ui/css.ts";
import { frame } from "../ui/frame.styles.ts";
import { skeleton } from "../ui/skeleton.styles.ts";
import { tokens } from "../ui/tokens.styles.ts";

/** Where everything has its place, so that the skeleton has the size of what comes. */
const layout = css`
  .base {
    border: 0;
    padding: 0;
    background: none;
  }

  .section {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.875em;
    border: var(--credits-card-border, var(--_hairline) var(--_border));
    border-radius: var(--credits-radius, 0.75em);
    padding: var(--credits-padding, 1.25em);
    min-width: 0;
    background: var(--credits-card-surface, var(--_surface));
  }

  .header {
    padding-block-end: 0;
  }

  .main {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 1em;
  }

  .amount {
    /* Whether the button fits beside it depends on the place and not on the words, which the skeleton has not. */
    flex: 1 1 16em;
    display: grid;
    justify-items: start;
    gap: 0.125em;
    min-width: 0;
  }

  .amount .figure {
    font-size: 2.25em;
  }

  .pace {
    font-size: 0.875em;
  }

  .primary.bone {
    width: 5em;
    opacity: 0.5;
  }

  .head {
    align-items: center;
  }

  .tabs {
    display: flex;
    gap: 0.25em;
    border-block-start: var(--_hairline) var(--_border);
    /* From edge to edge of the card, and scrolling there where they have no room. */
    margin-inline: calc(-1 * var(--credits-padding, 1.25em));
    padding-inline: calc(var(--credits-padding, 1.25em) - 0.75em);
    overflow-x: auto;
    overscroll-behavior-inline: contain;
    scrollbar-width: none;
  }

  .tab {
    position: relative;
    flex: none;
    display: grid;
    align-items: center;
    border: 0;
    border-radius: var(--_radius-control);
    padding: 0 0.75em;
    min-height: 3em;
    color: var(--_muted);
    font-size: 0.9375em;
    white-space: nowrap;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14em), 1fr));
    gap: 1em;
  }

  .tiles .section {
    gap: 0.5em;
    min-height: 5.25em;
  }

  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20em), 1fr));
    gap: 1em;
  }

  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.25em 1em;
    border-block-start: var(--_hairline) var(--_border);
    padding-block: 0.625em;
    min-height: 1.75em;
  }

  .row:first-child {
    border-block-start: 0;
  }

  @container (width < 24em) {
    .section {
      padding: var(--credits-padding, 1em);
    }

    .header {
      padding-block-end: 0;
    }

    .tabs {
      margin-inline: calc(-1 * var(--credits-padding, 1em));
      padding-inline: calc(var(--credits-padding, 1em) - 0.75em);
    }
  }
`;

export const styles = (): CSSStyleSheet => styleSheet(tokens, button, frame, skeleton, layout);
