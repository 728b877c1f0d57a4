export { AmountError } from "./amount-error.ts";
export {
  divideHalfUp,
  formatCredits,
  MAX_GRANT,
  MAX_POOL,
  type MicroCredits,
  multiplyMicro,
  ONE_CREDIT,
  parseCredits,
  parseSum,
} from "./credits.ts";
export {
  currencyExponent,
  type ExactDecimal,
  type Money,
  parsePrice,
  type PricePerCredit,
  priceOf,
} from "./money.ts";
