import type { WidgetBalance } from "@credits-kit/client/widget";
import { micros } from "../ui/decimal.ts";
import type { Formats } from "../ui/formats.ts";
import type { Localize } from "../ui/localize.ts";
import { levelOf } from "./balance-state.ts";

/** What the drawing functions need besides the state. */
export interface BalanceContext {
  formats: Formats;
  localize: Localize;
  /** One line for a top bar, with the least that still tells all. */
  compact: boolean;
  hideUnit: boolean;
  /** Whether a "Top up" button belongs here. */
  topUp: boolean;
  onTopUp(pool?: WidgetBalance): void;
  onRetry(): void;
}

const ONE = 1_000_000n;

/** The unit as it goes with the amount. There are two forms, and they are words of the host's language. */
export function unitFor(amount: string, { unit }: WidgetBalance): string {
  const size = micros(amount);
  return size === ONE || size === -ONE ? unit.singular : unit.plural;
}

/** What a person can spend now: what is held is not for spending. */
export function figureOf(pool: WidgetBalance, { formats }: BalanceContext): string {
  return formats.figure(pool.available);
}

/** What is wrong with the pool, in one sentence; nothing if all is well. */
export function warningOf(pool: WidgetBalance, { formats, localize }: BalanceContext): string | undefined {
  const level = levelOf(pool);
  if (level === "ok") return undefined;
  if (level === "depleted") return localize.term("depleted", pool.unit.plural);
  if (level === "low") {
    const runsOutAtMs = Date.parse(pool.runsOutAt ?? "");
    return runsOutAtMs > Date.now() ? localize.term("lowFor", formats.duration(runsOutAtMs)) : localize.term("low");
  }
  const amount = pool.available.replace("-", "");
  return localize.term("over", formats.exact(amount), unitFor(amount, pool));
}
