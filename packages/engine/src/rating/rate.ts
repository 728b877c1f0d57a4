import { multiplyMicro, type MicroCredits } from "@credits-kit/amounts";

/** What one unit of a feature costs on a plan. */
export interface UnitRate {
  readonly featureId: string;
  readonly creditsPerUnit: MicroCredits;
}

/** The cost of a quantity, rounded half up to a micro-credit once. Both are in steps of 10^-6. */
export function costOf(rate: UnitRate, quantity: MicroCredits): MicroCredits {
  return multiplyMicro(quantity, rate.creditsPerUnit);
}
