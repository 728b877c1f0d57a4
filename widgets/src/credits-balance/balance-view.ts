import type { BalancePoint, WidgetBalance } from "@credits-kit/client/widget";
import { micros } from "../ui/decimal.ts";
import type { Formats } from "../ui/formats.ts";
import type { FullTranslation } from "../ui/translation.ts";
import { levelOf } from "./balance-state.ts";

/** What the drawing functions need besides the state. */
export interface BalanceView {
  texts: FullTranslation;
  formats: Formats;
  /** One line for a top bar, with the least that still tells all. */
  compact: boolean;
  hideUnit: boolean;
  fractionDigits: number | null | undefined;
  /** Whether a "Top up" button belongs here. */
  topUp: boolean;
  onTopUp(pool?: WidgetBalance): void;
  /** Draws the way to the auto top-up, once that is loaded. */
  entry(pool: WidgetBalance): unknown;
  /** Shows the latest entries; nothing where there is no session to ask with. */
  onHistory: ((pool: WidgetBalance, anchor: HTMLElement) => void) | undefined;
  /** Draws the line of the latest entries, once that is loaded. */
  sparkline: ((points: readonly BalancePoint[], label: string) => unknown) | undefined;
  /** Draws a pool in another way than the card does. */
  renderRow: ((place: PoolPlace, view: BalanceView) => unknown) | undefined;
  onRetry(): void;
}

/** A pool at its place in the element. */
export interface PoolPlace {
  pool: WidgetBalance;
  index: number;
  /** What can be done about it. */
  action: unknown;
}

/** The unit as it goes with the amount. There are two forms, and they are words of the host's language. */
export function unitFor(amount: string, { unit }: WidgetBalance): string {
  return /^-?1(\.0*)?$/.test(amount) ? unit.singular : unit.plural;
}

/** What is wrong with the pool, in one sentence; nothing if all is well. */
export function warningOf(pool: WidgetBalance, { texts, formats }: BalanceView): string | undefined {
  const level = levelOf(pool);
  if (level === "depleted") return texts.depleted(pool.unit.plural);
  if (level === "over") {
    const amount = pool.available.replace("-", "");
    return texts.over(formats.amount(amount), unitFor(amount, pool));
  }
  const runsOutAtMs = Date.parse(pool.runsOutAt ?? "");
  if (level === "low")
    return runsOutAtMs > Date.now() ? texts.lowFor(formats.duration(runsOutAtMs)) : texts.low;
  return undefined;
}

/** Whether there is something of it. */
export function isSome(amount: string): boolean {
  return micros(amount) > 0n;
}
