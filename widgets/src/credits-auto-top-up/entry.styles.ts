import { css } from "../ui/css.ts";

/** A quiet line beside the one action of the card. */
export const entryStyles = css`
  :host {
    display: contents;
  }

  button {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    border-color: transparent;
    padding-inline: 0.5em;
    text-align: start;
  }

  .dot {
    border-radius: 50%;
    width: 0.5em;
    height: 0.5em;
    background: var(--_muted);
  }

  .on {
    background: var(--_positive);
  }

  .bad {
    background: var(--_warning);
  }

  .arrow {
    border: solid var(--_muted);
    border-width: 1.5px 1.5px 0 0;
    width: 0.375em;
    height: 0.375em;
    transform: rotate(45deg);
  }

  .arrow:dir(rtl) {
    transform: rotate(-135deg);
  }

  p {
    flex-basis: 100%;
    margin: 0;
    color: var(--_danger);
    font-size: 0.8125em;
  }

  p:empty {
    display: none;
  }

  @media (forced-colors: active) {
    .dot {
      border: 0.25em solid ButtonText;
    }
  }
`;
