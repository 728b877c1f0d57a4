import { divideHalfUp, type MicroCredits, multiplyMicro, ONE_CREDIT } from "@credits-kit/amounts";
import { type Dimensions, unitPriceOf } from "./evaluate-formula.ts";
import type { Formula } from "./formula-node.ts";
import { stretchesOf, type Tier } from "./tiers.ts";

/** Every unit costs the same. */
export interface UnitRate {
  readonly kind: "unit";
  readonly creditsPerUnit: MicroCredits;
}

/** A unit costs what its place among the period's units says. */
export interface TieredRate {
  readonly kind: "tiered";
  /** They ascend, and the last has no end; in millionths of a unit. */
  readonly tiers: readonly RateTier[];
}

export interface RateTier extends Tier {
  readonly creditsPerUnit: MicroCredits;
}

/** A unit costs what the formula makes of the event's dimensions. */
export interface FormulaRate {
  readonly kind: "formula";
  readonly formula: Formula;
}

/** What a feature costs on a plan. */
export type Rate = UnitRate | TieredRate | FormulaRate;

/** What is to be paid for. Units in millionths. */
export interface RatedUsage {
  readonly quantity: bigint;
  /** How many units of the period came before; tiers count from there. */
  readonly unitsBefore: bigint;
  readonly dimensions: Dimensions | null;
}

/**
 * What usage costs, exact until the end and then rounded half up to a micro-credit, once over the whole.
 * @throws PricingError when a formula has no price for these dimensions
 */
export function costOf(rate: Rate, { quantity, unitsBefore, dimensions }: RatedUsage): MicroCredits {
  switch (rate.kind) {
    case "unit":
      return multiplyMicro(quantity, rate.creditsPerUnit);
    case "tiered": {
      let exact = 0n;
      for (const { tier, length } of stretchesOf(rate.tiers, { from: unitsBefore, length: quantity })) {
        exact += length * tier.creditsPerUnit;
      }
      return divideHalfUp(exact, ONE_CREDIT);
    }
    case "formula": {
      const { numerator, denominator } = unitPriceOf(rate.formula, dimensions);
      return divideHalfUp(quantity * numerator, denominator);
    }
  }
}
