import { html, nothing } from "lit";
import type { ListPage, ListView } from "./list-view.ts";

/** How many rows a page has. */
export const PAGE_SIZES = [10, 25, 50, 100];

export interface Pick<Value> {
  part: string;
  label: string;
  values: readonly Value[];
  value: Value;
  write(value: Value): string;
  choose(value: Value | undefined): void;
}

/** A list to choose from. */
export function renderPick<Value>({ part, label, values, value, write, choose }: Pick<Value>) {
  return html`
    <select
      part=${part}
      aria-label=${label}
      @change=${({ target }: Event) => {
        if (target instanceof HTMLSelectElement) choose(values[target.selectedIndex]);
      }}
    >
      ${values.map(
        (one) => html`<option ?selected=${one === value} .selected=${one === value}>${write(one)}</option>`,
      )}
    </select>
  `;
}

/** Which rows and how, and all of them as a file. */
export function renderControls(picks: unknown, view: ListView) {
  const { texts, count, hiddenFilters, isFormOpen, toggleForm, exporting, exportCsv } = view;
  return html`
    <div class="controls" part="controls">
      ${picks}
      <button part="filters-button" aria-expanded=${isFormOpen} @click=${toggleForm}>
        ${texts.filters}${hiddenFilters > 0 ? ` · ${count(hiddenFilters)}` : nothing}
      </button>
      ${
        exporting === undefined
          ? nothing
          : html`
              <button part="export-button" aria-disabled=${exporting} @click=${exportCsv}>
                ${texts.export}
              </button>
            `
      }
    </div>
  `;
}

/** The ways to other pages. Buttons that lead nowhere stay: a focused one that disappears leaves the keyboard nowhere. */
export function renderPages({ prevCursor, nextCursor }: ListPage, view: ListView) {
  const { texts, count, choice, choose, page, turn, isWaiting } = view;
  const button = (text: string, cursor: string | null, to: number) => {
    // A cursor is one of the rows that are there, and not of those on their way.
    const isOff = !cursor || isWaiting;
    return html`
      <button part="page-button" aria-disabled=${isOff} @click=${() => isOff || turn(cursor, to)}>
        ${text}
      </button>
    `;
  };
  return html`
    <div class="pages" part="pages">
      <div class="labelled">
        <span aria-hidden="true">${texts.pageSize}</span>
        ${renderPick({
          part: "page-size",
          label: texts.pageSize,
          values: PAGE_SIZES,
          value: choice.pageSize,
          write: count,
          choose: (pageSize) => choose({ pageSize }),
        })}
      </div>
      <div>
        <span class="caption">${texts.page(count(page))}</span>
        ${button(texts.previous, prevCursor, Math.max(1, page - 1))}${button(texts.next, nextCursor, page + 1)}
      </div>
    </div>
  `;
}
