export { apply } from "./pool/apply.ts";
export { compareBurnOrder, insertInBurnOrder } from "./pool/burn-order.ts";
export { changeGrant } from "./pool/change-grant.ts";
export { decide } from "./pool/decide.ts";
export { availableOf, freeOf, heldOf, isGone } from "./pool/figures.ts";
export { nextDueAt } from "./pool/settle.ts";
export type * from "./pool/commands.ts";
export * from "./pool/types.ts";
export type { Dimensions } from "./rating/evaluate-formula.ts";
export { FormulaError, PricingError } from "./rating/formula-error.ts";
export { MAX_FORMULA_LENGTH, parseFormula } from "./rating/formula.ts";
export type { Formula } from "./rating/formula-node.ts";
export { costOf, type Rate, type RatedUsage, type RateTier, type TieredRate } from "./rating/rate.ts";
export {
  type CreditPackage,
  type PriceTier,
  quote,
  type Quote,
  type QuoteRefusal,
  type QuoteRequest,
  type TopUpTerms,
} from "./rating/quote.ts";
export { exactCostOf } from "./revenue/exact-cost.ts";
export { type Movement, movementsOf } from "./revenue/movements.ts";
export {
  type DatedMovement,
  type PricedGrant,
  revenueByMonth,
  type RevenueFigures,
  type RevenueMonth,
} from "./revenue/revenue.ts";
export { periodNumberAt, type PeriodLength, type Periods, periodStart } from "./time/periods.ts";
