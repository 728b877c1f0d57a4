import { css } from "./css.ts";

/** What lies above the page: menus, the card of a bar, dialogs. The balance alone has none. */
export const floating = css`
  :host {
    --_shadow: var(
      --credits-shadow,
      0 1px 3px light-dark(rgb(0 0 0 / 0.1), rgb(0 0 0 / 0.4)),
      0 0.75em 2em light-dark(rgb(0 0 0 / 0.14), rgb(0 0 0 / 0.5))
    );
    --_backdrop: rgb(10 12 20 / 0.5);
  }
`;
