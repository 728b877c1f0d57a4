import { html, nothing } from "lit";
import type { PlotView } from "./plot-view.ts";

const isSome = (amount: string | undefined) => Number(amount ?? 0) !== 0;

/** What a bucket is made of: its parts, its sum, and what it is compared with. */
export function renderTip(view: PlotView, step: number) {
  const { bars, names, sums, previous, ahead, texts, amount } = view;
  const before = previous?.[step];
  const coming = ahead?.[step] ?? 0;
  // The top of the stack comes first.
  const parts = bars.filter(({ points }) => isSome(points[step])).reverse();
  return html`
    <div class="tip" part="tooltip" aria-hidden="true">
      <p><span>${names.long[step]}</span><span>${amount(sums[step] ?? "0")}</span></p>
      <dl>
        ${
          bars.length > 1
            ? parts.map(
                ({ label, tone, points }) => html`
                  <i class="swatch tone-${tone}"></i>
                  <dt>${label}</dt>
                  <dd>${amount(points[step] ?? "0")}</dd>
                `,
              )
            : nothing
        }
        ${
          coming > 0
            ? html`<i class="swatch hatched"></i>
                <dt class="aside">${texts.ahead}</dt>
                <dd class="aside">+${amount(roughly(coming))}</dd>`
            : nothing
        }
        ${
          before === undefined
            ? nothing
            : html`<i class="swatch dashes"></i>
                <dt class="aside">${texts.previous}</dt>
                <dd class="aside">${amount(before)}</dd>`
        }
      </dl>
    </div>
  `;
}

/** The same in a sentence. */
export function spokenOf({ bars, names, sums, amount, amountWithUnit }: PlotView, step: number): string {
  const parts = bars.length > 1 ? bars.filter(({ points }) => isSome(points[step])) : [];
  const told = parts.map(({ label, points }) => `${label} ${amount(points[step] ?? "0")}`);
  return [`${names.long[step] ?? ""}: ${amountWithUnit(sums[step] ?? "0")}`, ...told].join(", ");
}

/** An estimate has no decimals that it could stand for. */
function roughly(amount: number): string {
  return amount >= 10 ? String(Math.round(amount)) : String(Number(amount.toPrecision(2)));
}
