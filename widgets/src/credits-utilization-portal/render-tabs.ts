import { html, nothing } from "lit";
import type { PortalView } from "./portal-view.ts";

/** The tabs: one stop of the keyboard, with arrows from one to the next. Where there is one alone there is nothing to choose. */
export function renderTabs(
  { shown, tab: open, texts, ...view }: PortalView,
  press: (event: KeyboardEvent) => void,
) {
  if (shown.length < 2) return nothing;
  return html`
    <div class="tabs" part="tabs" role="tablist" aria-label=${texts.title} @keydown=${press}>
      ${shown.map((tab) => {
        const isOpen = tab === open;
        return html`
          <button
            class="tab"
            part="tab"
            role="tab"
            id="tab-${tab}"
            aria-selected=${isOpen}
            aria-controls=${isOpen ? "panel" : nothing}
            tabindex=${isOpen ? 0 : -1}
            @click=${() => view.open(tab)}
          >
            ${texts.tabs[tab]}
          </button>
        `;
      })}
    </div>
  `;
}

/** Scrolls the row of tabs, and nothing else, until one of them is in its middle. */
export function centre(tab: HTMLElement): void {
  const row = tab.parentElement;
  const [inner, outer] = [tab, row].map((one) => one?.getBoundingClientRect());
  if (row && inner && outer) row.scrollLeft += inner.x + inner.width / 2 - outer.x - outer.width / 2;
}
