import type { Ask, Taken } from "../../packages/engine/src/test-support/reference-model.ts";

/** The one moment at which everything is asked, as the histories count time. */
export const NOW = 1_000;
const MOST = 10n ** 18n;

/**
 * A random history in which no time passes, so that a server with a clock of its own can be asked the same: what lay in
 * the future stays there, and what only payments can do, or the API refuses by its form, becomes a look at the balance.
 */
export function freeze(history: readonly Taken[]): Ask[] {
  const holdEnds = new Map<string, number>();
  return history.map(({ ask }) => frozenAsk(ask, holdEnds));
}

function frozenAsk(ask: Ask, holdEnds: Map<string, number>): Ask {
  switch (ask.kind) {
    case "grant": {
      const category = ask.category === "promo" ? "promo" : "paid";
      return { ...ask, asOf: null, category, isPaymentPending: false };
    }
    case "confirm_payment":
    case "freeze":
    case "unfreeze":
      return { kind: "settle" };
    case "consume":
      return ask.amount > MOST ? { kind: "settle" } : { ...ask, occurredAt: NOW };
    case "place_hold": {
      if (ask.amount <= 0n || ask.amount > MOST) return { kind: "settle" };
      const expiresAt = Math.max(ask.expiresAt, NOW + 1);
      if (!holdEnds.has(ask.holdId)) holdEnds.set(ask.holdId, expiresAt);
      return { ...ask, expiresAt };
    }
    case "capture_hold":
      return ask.amount <= 0n || ask.amount > MOST ? { kind: "settle" } : ask;
    case "extend_hold": {
      // As long again as it lives already: which of the two ends first depends on the clock.
      if (ask.expiresAt === holdEnds.get(ask.holdId) || ask.expiresAt <= NOW) return { kind: "settle" };
      holdEnds.set(ask.holdId, Math.max(ask.expiresAt, holdEnds.get(ask.holdId) ?? 0));
      return ask;
    }
    default:
      return ask;
  }
}
