import { formatCredits, parseCredits } from "@credits-kit/amounts";
import type { PlanInput } from "@credits-kit/contract";
import type { TopUpTerms } from "@credits-kit/engine";
import type { StoredIncluded, StoredRate, StoredTopUp } from "./plans-stored.ts";

/** How a plan sells credits, as a version keeps it. */
export function storeTopUp(topUp: NonNullable<PlanInput["topUp"]>): StoredTopUp {
  const { prices, min, max, packages = [], tiers = [], grantExpiresAfter = null } = topUp;
  const [first] = prices;
  return {
    prices,
    min: min === undefined ? null : formatCredits(min),
    max: max === undefined ? null : formatCredits(max),
    packages: packages.map(({ credits, price, label = null }) => ({
      credits: formatCredits(credits),
      price,
      label,
    })),
    tiers: tiers.map(({ upTo, amount, currency = first?.currency ?? "" }) => ({
      upTo: upTo === null ? null : formatCredits(upTo),
      amount,
      currency,
    })),
    grantExpiresAfter,
  };
}

/** The terms of a stored version, as orders are priced by them. */
export function toTopUpTerms({ prices, min, max, packages, tiers = [] }: StoredTopUp): TopUpTerms {
  return {
    prices,
    min: min === null ? null : parseCredits(min),
    max: max === null ? null : parseCredits(max),
    packages: packages.map((each) => ({ ...each, credits: parseCredits(each.credits) })),
    tiers: tiers.map((tier) => ({ ...tier, upTo: tier.upTo === null ? null : parseCredits(tier.upTo) })),
  };
}

/** What a feature costs, as a version keeps it. */
export function storeRate({
  featureId,
  creditsPerUnit,
  tiers,
  formula,
}: PlanInput["rates"][number]): StoredRate {
  if (formula !== undefined) return { featureId, formula };
  if (creditsPerUnit !== undefined) return { featureId, creditsPerUnit: formatCredits(creditsPerUnit) };
  return {
    featureId,
    tiers: (tiers ?? []).map((tier) => ({
      upTo: tier.upTo === null ? null : formatCredits(tier.upTo),
      creditsPerUnit: formatCredits(tier.creditsPerUnit),
    })),
  };
}

/** What comes with each period, as a version keeps it. */
export function storeIncluded(included: NonNullable<PlanInput["included"]>): StoredIncluded {
  const { credits, every, rollover = "none", priority = 0, costBasis = null, perSeat = false } = included;
  return {
    credits: formatCredits(credits),
    every,
    rollover: typeof rollover === "object" ? { upTo: formatCredits(rollover.upTo) } : rollover,
    priority,
    costBasis,
    perSeat,
  };
}
