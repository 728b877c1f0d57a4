import type { WidgetBalance } from "@credits-kit/client/widget";
import { micros } from "../ui/decimal.ts";
import { unitFor } from "../ui/unit.ts";
import type { PortalView } from "./portal-view.ts";

/** How a pool stands, where that is not well. */
export interface Warning {
  level: "over" | "depleted" | "low";
  tone: "warning" | "danger";
  text: string;
}

/** What is wrong with the pool, in one sentence; nothing if all is well, or nothing ever was in it. */
export function warningOf(pool: WidgetBalance, { common, amount, formats }: PortalView): Warning | undefined {
  const { available, low, seq, unit, runsOutAt } = pool;
  const left = micros(available);
  if (left < 0n) {
    const over = available.slice(1);
    return { level: "over", tone: "danger", text: common.over(amount(over), unitFor(over, unit)) };
  }
  if (left === 0n)
    return seq > 0 ? { level: "depleted", tone: "danger", text: common.depleted(unit.plural) } : undefined;
  if (!low) return undefined;
  const atMs = Date.parse(runsOutAt ?? "");
  const text = atMs > Date.now() ? common.lowFor(formats.duration(atMs)) : common.low;
  return { level: "low", tone: "warning", text };
}
