import type { AutoTopUpState, SuspendedReason } from "@credits-kit/contract";
import { AUTO_PACE } from "./pace.ts";

/** A rule, and where it stands. Times in milliseconds of the customer's clock, amounts in micro-credits. */
export interface AutoTopUpRule {
  readonly enabled: boolean;
  readonly threshold: { readonly credits: bigint } | { readonly minor: bigint };
  readonly amount: { readonly target: bigint } | { readonly credits: bigint };
  readonly limitMinor: bigint | null;
  readonly pausedUntil: number | null;
  readonly suspendedReason: SuspendedReason | null;
}

/** What so many credits cost. */
export interface AutoTopUpPrice {
  readonly pricePerCredit: string;
  readonly totalMinor: bigint;
}

/** How the customer can buy credits now. */
export interface Selling {
  readonly currency: string;
  readonly min: bigint | null;
  readonly max: bigint | null;
  readonly grantExpiresAfter: string | null;
  /** What a sum buys, in credits; null where credits cost nothing. */
  worth(minor: bigint): bigint | null;
  /** Null for what cannot be charged: less than the smallest coin, or more than one order can be. */
  price(credits: bigint): AutoTopUpPrice | null;
}

/** What a rule is decided by. */
export interface AutoTopUpFacts {
  readonly available: bigint;
  /** Credits that are paid for, or being paid, and not there yet. */
  readonly onItsWay: bigint;
  readonly attempt: "in_flight" | "action_required" | null;
  /** This month's, in the rule's currency. */
  readonly spentMinor: bigint;
  readonly inFlightMinor: bigint;
  /** When the latest attempts began. */
  readonly recent: readonly number[];
  /** Null where the customer cannot buy what the rule is about. */
  readonly selling: Selling | null;
}

/** What to do about a rule. */
export type Decision =
  | ({ readonly kind: "buy"; readonly credits: bigint; readonly currency: string } & AutoTopUpPrice)
  | {
      readonly kind: "rest";
      readonly state: AutoTopUpState;
      /** When a pause ends. */
      readonly until: number | null;
      readonly reason: SuspendedReason | null;
      /** Whether it would buy, and the month's limit leaves no room. */
      readonly isLimited: boolean;
    };

/** Decides about a rule, by its facts alone. */
export function decideAutoTopUp(rule: AutoTopUpRule, facts: AutoTopUpFacts, now: number): Decision {
  const { attempt, selling, spentMinor, inFlightMinor } = facts;
  if (attempt !== null) return rest(attempt);
  if (rule.suspendedReason !== null) return rest("suspended", { reason: rule.suspendedReason });
  if (selling === null) return rest("suspended", { reason: "not_sold" });
  const pause = pauseOf(rule, facts, now);
  if (pause !== null) return rest("cooling_down", { until: pause });

  const used = spentMinor + inFlightMinor;
  const isSpent = rule.limitMinor !== null && used >= rule.limitMinor;
  const wanted = rule.enabled ? wantedCredits(rule, facts, selling) : 0n;
  if (wanted === 0n) return isSpent ? rest("limit_reached") : rest("active");
  const price = selling.price(wanted);
  if (price === null) return rest("suspended", { reason: "not_sold" });
  if (rule.limitMinor !== null && used + price.totalMinor > rule.limitMinor)
    return rest("limit_reached", { isLimited: true });
  return { kind: "buy", credits: wanted, currency: selling.currency, ...price };
}

/** The threshold in credits; null while it is money and nothing has a price. */
export function thresholdOf({ threshold }: Pick<AutoTopUpRule, "threshold">, selling: Selling | null) {
  return "credits" in threshold ? threshold.credits : (selling?.worth(threshold.minor) ?? null);
}

/** How many credits to buy, within what an order may have: none while there is enough. */
function wantedCredits(rule: AutoTopUpRule, facts: AutoTopUpFacts, selling: Selling): bigint {
  const has = facts.available + facts.onItsWay;
  const threshold = thresholdOf(rule, selling);
  if (threshold === null || has >= threshold) return 0n;
  const wanted = "target" in rule.amount ? rule.amount.target - has : rule.amount.credits;
  if (wanted <= 0n) return 0n;
  if (selling.min !== null && wanted < selling.min) return selling.min;
  return selling.max !== null && wanted > selling.max ? selling.max : wanted;
}

/** When the next attempt may be: after a pause, and not too soon after too many. Null for now. */
function pauseOf(rule: AutoTopUpRule, { recent }: AutoTopUpFacts, now: number): number | null {
  const { most, windowMs } = AUTO_PACE.rate;
  const within = recent.filter((began) => began > now - windowMs).toSorted((left, right) => left - right);
  const crowded = within.at(-most);
  const until = Math.max(rule.pausedUntil ?? 0, crowded === undefined ? 0 : crowded + windowMs);
  return until > now ? until : null;
}

function rest(
  state: AutoTopUpState,
  more: { until?: number; reason?: SuspendedReason; isLimited?: boolean } = {},
): Decision {
  const { until = null, reason = null, isLimited = false } = more;
  return { kind: "rest", state, until, reason, isLimited };
}
