import { html, nothing } from "lit";
import { CATEGORIES, DEFAULT_ORDER, ORDERS, PAGE_SIZES, STATUSES } from "./credits-grants-table.types.ts";
import type { GrantsView } from "./grants-view.ts";
import { partsOf } from "./order.ts";

interface Choice<Value> {
  values: readonly Value[];
  value: Value;
  write(value: Value): string;
}

function optionsOf<Value>({ values, value, write }: Choice<Value>) {
  return values.map(
    (one) => html`<option ?selected=${one === value} .selected=${one === value}>${write(one)}</option>`,
  );
}

const indexOf = ({ target }: Event) => (target instanceof HTMLSelectElement ? target.selectedIndex : 0);

/** Which grants, in which order where there are no columns to press, and all of them as a file. */
export function renderControls(view: GrantsView) {
  const { texts, choice, choose, exporting, exportCsv } = view;
  const { status, category, sort } = choice;
  const nameOf = (order: typeof sort) => {
    const { field, isDescending } = partsOf(order);
    const column = Object.entries(texts.columns).find(([name]) => name === field)?.[1];
    return `${column ?? field} ${isDescending ? "↓" : "↑"}`;
  };
  return html`
    <div class="controls" part="controls">
      <select
        part="status-filter"
        aria-label=${texts.columns.status}
        @change=${(event: Event) => choose({ status: STATUSES[indexOf(event) - 1] })}
      >
        ${optionsOf({
          values: [undefined, ...STATUSES],
          value: status,
          write: (one) => (one ? texts.statuses[one] : texts.allStatuses),
        })}
      </select>
      <select
        part="category-filter"
        aria-label=${texts.category}
        @change=${(event: Event) => choose({ category: CATEGORIES[indexOf(event) - 1] })}
      >
        ${optionsOf({
          values: [undefined, ...CATEGORIES],
          value: category,
          write: (one) => (one ? texts.categories[one] : texts.allCategories),
        })}
      </select>
      <select
        class="order"
        part="sort"
        aria-label=${texts.sort}
        @change=${(event: Event) => choose({ sort: ORDERS[indexOf(event)] ?? DEFAULT_ORDER })}
      >
        ${optionsOf({ values: ORDERS, value: sort, write: nameOf })}
      </select>
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

export interface Page {
  prevCursor: string | null;
  nextCursor: string | null;
}

/** The ways to other pages. Buttons that lead nowhere stay: a focused one that disappears leaves the keyboard nowhere. */
export function renderPages({ prevCursor, nextCursor }: Page, view: GrantsView) {
  const { texts, formats, choice, choose, page, turn } = view;
  const button = (text: string, cursor: string | null, to: number) => html`
    <button part="page-button" aria-disabled=${!cursor} @click=${() => cursor && turn(cursor, to)}>
      ${text}
    </button>
  `;
  return html`
    <div class="pages" part="pages">
      <label class="labelled">
        ${texts.pageSize}
        <select
          part="page-size"
          @change=${(event: Event) => choose({ pageSize: PAGE_SIZES[indexOf(event)] ?? choice.pageSize })}
        >
          ${optionsOf({
            values: PAGE_SIZES,
            value: choice.pageSize,
            write: (size) => formats.amount(String(size)),
          })}
        </select>
      </label>
      <div>
        <span class="caption">${texts.page(formats.amount(String(page)))}</span>
        ${button(texts.previous, prevCursor, Math.max(1, page - 1))}${button(texts.next, nextCursor, page + 1)}
      </div>
    </div>
  `;
}
