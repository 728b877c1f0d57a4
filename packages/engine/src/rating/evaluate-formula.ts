import { PricingError } from "./formula-error.ts";
import { dimensionsOf, type Formula, type FormulaNode } from "./formula-node.ts";
import {
  add,
  ceil,
  divide,
  floor,
  isLess,
  multiply,
  negate,
  type Rational,
  rationalOf,
  round,
} from "./rational.ts";

/** What an event says of itself. */
export type Dimensions = Readonly<Record<string, string | number | boolean>>;

/** The most that one unit may cost, as for any other rate: 10^12 credits. */
const MAX_UNIT_PRICE: Rational = { numerator: 10n ** 12n, denominator: 1n };
/** Beyond this a number is no longer a count of anything, and would only make the sum long. */
const MAX_DIMENSION = 1e18;
const MIN_DIMENSION = 1e-18;

/**
 * The credits that one unit costs, exactly.
 * @throws PricingError for a dimension that is missing or no number, a division by zero, and for what is no price
 */
export function unitPriceOf(formula: Formula, dimensions: Dimensions | null): Rational {
  const price = evaluate(formula.root, dimensions);
  const [only, ...others] = formula.dimensions;
  const atFault = only !== undefined && others.length === 0 ? only : null;
  if (price.numerator < 0n) throw new PricingError(atFault, "makes the price negative");
  if (isLess(MAX_UNIT_PRICE, price))
    throw new PricingError(atFault, "makes the price larger than 10^12 credits");
  return price;
}

/** The value of a part of a formula. @throws PricingError */
export function evaluate(node: FormulaNode, dimensions: Dimensions | null): Rational {
  switch (node.kind) {
    case "number":
      return node.value;
    case "dimension":
      return valueOf(node.name, dimensions);
    case "negate":
      return negate(evaluate(node.of, dimensions));
    case "binary":
      return combine(node, evaluate(node.left, dimensions), evaluate(node.right, dimensions));
    case "call":
      return call(
        node.name,
        node.given.map((each) => evaluate(each, dimensions)),
      );
  }
}

function combine(
  { operator, right: divisor }: Extract<FormulaNode, { kind: "binary" }>,
  left: Rational,
  right: Rational,
): Rational {
  switch (operator) {
    case "+":
      return add(left, right);
    case "-":
      return add(left, negate(right));
    case "*":
      return multiply(left, right);
    case "/": {
      if (right.numerator !== 0n) return divide(left, right);
      const [only, ...others] = dimensionsOf(divisor);
      throw new PricingError(
        only !== undefined && others.length === 0 ? only : null,
        "makes the formula divide by zero",
      );
    }
  }
}

function call(name: Extract<FormulaNode, { kind: "call" }>["name"], given: readonly Rational[]): Rational {
  const [first, ...others] = given;
  if (!first) throw new TypeError("a function without arguments is refused when the formula is read");
  switch (name) {
    case "min":
      return others.reduce((least, each) => (isLess(each, least) ? each : least), first);
    case "max":
      return others.reduce((most, each) => (isLess(most, each) ? each : most), first);
    case "ceil":
      return ceil(first);
    case "floor":
      return floor(first);
    case "round":
      return round(first);
  }
}

/** A dimension as the shortest decimal that says the same number. Only the event's own: no object's inherited ones. */
function valueOf(name: string, dimensions: Dimensions | null): Rational {
  const value = dimensions !== null && Object.hasOwn(dimensions, name) ? dimensions[name] : undefined;
  if (value === undefined) throw new PricingError(name, "is missing: the plan's rate counts with it");
  if (typeof value !== "number")
    throw new PricingError(name, "must be a number: the plan's rate counts with it");
  const size = Math.abs(value);
  const number =
    size <= MAX_DIMENSION && (size === 0 || size >= MIN_DIMENSION) ? rationalOf(String(value)) : undefined;
  if (!number) throw new PricingError(name, "must lie between 10^-18 and 10^18, or be 0");
  return number;
}
