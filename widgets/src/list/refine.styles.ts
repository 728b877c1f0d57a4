import { css } from "../ui/css.ts";

/** The form of filters, and the rows above groups. */
export const refineStyles = css`
  .form {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(11em, 100%), 1fr));
    align-items: end;
    gap: 0.75em;
    border-radius: var(--_radius-control);
    padding: 0.875em;
    background: var(--_sunken);
  }

  .form .labelled {
    display: grid;
    gap: 0.25em;
  }

  .form :is(select, input) {
    width: 100%;
    color: var(--_text);
    font-size: 1.0769em;
  }

  .form button {
    min-height: var(--credits-control-height, 2.375em);
    font-size: 0.875em;
  }

  tbody .group th {
    height: auto;
    padding: 0;
  }

  .group div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 1em;
    padding: 0.5em 0.75em;
    background: var(--_sunken);
  }

  .group button {
    font-weight: 600;
  }

  .group .caption {
    display: inline;
    margin-inline-start: 0.5em;
    min-width: 0;
  }

  @media (pointer: coarse) {
    .form :is(select, input, button),
    .group button {
      min-height: max(3.125em, var(--credits-control-height, 0em));
    }
  }

  @container (width < 52em) {
    tbody .group {
      display: block;
      grid-column: 1 / -1;
      border: 0;
      padding: 0;
    }

    tbody .group th {
      display: block;
    }

    .group div {
      border-radius: var(--_radius-control);
    }
  }

  @media (forced-colors: active) {
    .form,
    .group div {
      border: 1px solid;
    }
  }
`;
