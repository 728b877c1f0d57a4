import type { WidgetBalance } from "@credits-kit/client/widget";
import { css, html, LitElement, svg } from "lit";

/**
 * What a product would write itself with Lit to show what `<credits-balance>` shows of a pool: one language, one look, no
 * session, no states. The baseline of first content; it is defined by its file, as the elements are by theirs.
 */
class BareBalance extends LitElement {
  static override properties = { pool: { attribute: false } };

  static override styles = css`
    :host {
      display: block;
      font: 16px/1.5 sans-serif;
    }
    .card {
      padding: 16px;
      border: 1px solid #d9dde3;
      border-radius: 12px;
    }
    .figure {
      font-size: 32px;
    }
    .bar {
      height: 6px;
      background: #eee;
    }
  `;

  declare pool: WidgetBalance | undefined;

  protected override render() {
    const { pool } = this;
    if (!pool) return html`<p>Loading</p>`;
    const figures = new Intl.NumberFormat("en");
    const share = Math.round((Number(pool.used) / Number(pool.granted)) * 100);
    const points = pool.history.map(({ balance }, index) => `${index * 40},${40 - Number(balance) / 50}`);
    return html`
      <div class="card">
        <h2>${pool.name}</h2>
        <p class="figure">${figures.format(Number(pool.available))} <span>${pool.unit.plural}</span></p>
        <svg viewBox="0 0 80 40" width="80" height="40">
          ${svg`<polyline points=${points.join(" ")}></polyline>`}
        </svg>
        <div class="bar">
          <svg width="100%" height="6"><rect width="${share}%" height="6"></rect></svg>
        </div>
        <p>${share}% used of ${figures.format(Number(pool.granted))}</p>
        <button @click=${() => this.dispatchEvent(new Event("top-up"))}>Top up</button>
      </div>
    `;
  }
}

customElements.define("bare-balance", BareBalance);
