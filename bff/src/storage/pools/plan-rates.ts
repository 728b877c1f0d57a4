import { parseCredits } from "@credits-kit/amounts";
import { parseFormula, type Rate } from "@credits-kit/engine";
import type { StoredRate } from "../catalogue/plans-stored.ts";

/** What features cost on a plan. */
export interface RatesByFeature {
  get(featureId: string): Rate | undefined;
}

/** The rates of a version of a plan. Each is read when it is first asked for, and then kept as long as the version. */
export class PlanRates implements RatesByFeature {
  readonly #stored: ReadonlyMap<string, StoredRate>;
  readonly #read = new Map<string, Rate>();

  constructor(rates: readonly StoredRate[]) {
    this.#stored = new Map(rates.map((rate) => [rate.featureId, rate]));
  }

  get(featureId: string): Rate | undefined {
    const known = this.#read.get(featureId);
    if (known) return known;
    const stored = this.#stored.get(featureId);
    if (!stored) return undefined;
    const rate = toRate(stored);
    this.#read.set(featureId, rate);
    return rate;
  }
}

function toRate(stored: StoredRate): Rate {
  if ("tiers" in stored) {
    return {
      kind: "tiered",
      tiers: stored.tiers.map(({ upTo, creditsPerUnit }) => ({
        upTo: upTo === null ? null : parseCredits(upTo),
        creditsPerUnit: parseCredits(creditsPerUnit),
      })),
    };
  }
  if ("formula" in stored) return { kind: "formula", formula: parseFormula(stored.formula) };
  return { kind: "unit", creditsPerUnit: parseCredits(stored.creditsPerUnit) };
}
