import type { WidgetBalance } from "@credits-kit/client/widget";
import { isDecimal, micros } from "../ui/decimal.ts";
import type { Formats } from "../ui/formats.ts";
import type { Localize } from "../ui/localize.ts";
import { levelOf } from "./balance-state.ts";

/** What the drawing functions need besides the state. */
export interface BalanceContext {
  formats: Formats;
  localize: Localize;
  hideUnit: boolean;
  /** Whether a "Top up" button belongs here. */
  topUp: boolean;
  onTopUp(pool?: WidgetBalance): void;
  onRetry(): void;
}

const ONE = 1_000_000n;

/** The unit as it goes with the amount. API and host give two forms; they are words of the host's language. */
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
  const { available, runsOutAt, unit } = pool;
  switch (levelOf(pool)) {
    case "over": {
      const amount = available.replace("-", "");
      return localize.term("over", formats.exact(amount), unitFor(amount, pool));
    }
    case "depleted":
      return localize.term("depleted", unit.plural);
    case "low": {
      const runsOutAtMs = runsOutAt === null ? NaN : Date.parse(runsOutAt);
      return runsOutAtMs > Date.now()
        ? localize.term("lowFor", formats.duration(runsOutAtMs))
        : localize.term("low");
    }
    case "ok":
      return undefined;
  }
}

/** Whether there is something of it. */
export function isSome(amount: string): boolean {
  return isDecimal(amount) && micros(amount) > 0n;
}
