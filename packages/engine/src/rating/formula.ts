import jsep from "jsep";
import { evaluate, unitPriceOf } from "./evaluate-formula.ts";
import { FormulaError, PricingError } from "./formula-error.ts";
import { dimensionsOf, type Formula, type FormulaNode, type Operator, partsOf } from "./formula-node.ts";
import { checkWords, FUNCTIONS, isFunction } from "./formula-words.ts";
import { type Rational, rationalOf } from "./rational.ts";

/** How long a formula may be, in characters. */
export const MAX_FORMULA_LENGTH = 500;
const MAX_NODES = 100;

/**
 * Reads a formula such as `0.5 + tokens * 0.002`: numbers, dimensions, `+ - * /`, a minus in front, parentheses, and the
 * functions min, max, ceil, floor and round. Nothing else is a formula.
 * @throws FormulaError saying what is wrong and where, also where no event could ever have a price
 */
export function parseFormula(text: string): Formula {
  if (text.length > MAX_FORMULA_LENGTH) {
    throw new FormulaError(`must be at most ${MAX_FORMULA_LENGTH} characters long`);
  }
  checkWords(text);
  const root = new Reader().read(treeOf(text));
  const formula = { root, dimensions: [...dimensionsOf(root)] };
  checkConstants(formula);
  return formula;
}

/** The tree of a text whose words are known to be in place; whatever the parser says against it is told. */
function treeOf(text: string): jsep.Expression {
  try {
    return jsep(text);
  } catch (error) {
    throw new FormulaError(`cannot be read: ${error instanceof Error ? error.message : "no formula"}`);
  }
}

/** Turns the parser's tree into ours, and takes nothing along that is not ours. */
class Reader {
  #nodes = 0;

  read(tree: unknown): FormulaNode {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) throw new FormulaError(`has more than ${MAX_NODES} parts`);
    if (!isExpression(tree)) throw new FormulaError("lacks a term");
    switch (tree.type) {
      case "Literal":
        return { kind: "number", value: numberOf(tree["raw"]) };
      case "Identifier":
        return { kind: "dimension", name: nameOf(tree["name"]) };
      case "UnaryExpression":
        if (tree["operator"] !== "-") throw notAllowed(tree["operator"]);
        return { kind: "negate", of: this.read(tree["argument"]) };
      case "BinaryExpression": {
        const operator = operatorOf(tree["operator"]);
        return { kind: "binary", operator, left: this.read(tree["left"]), right: this.read(tree["right"]) };
      }
      case "CallExpression":
        return this.#call(tree["callee"], tree["arguments"]);
      default:
        throw notAllowed(tree.type);
    }
  }

  #call(callee: unknown, given: unknown): FormulaNode {
    const name = isExpression(callee) && callee.type === "Identifier" ? callee["name"] : null;
    if (typeof name !== "string" || !isFunction(name)) throw notAllowed("this function");
    const { least, most } = FUNCTIONS[name];
    const count = Array.isArray(given) ? given.length : 0;
    if (!Array.isArray(given) || count < least || count > most) {
      const wanted = least === most ? "one value" : `${least} values or more`;
      throw new FormulaError(`gives ${name} ${count} values, it takes ${wanted}`);
    }
    return { kind: "call", name, given: given.map((each: unknown) => this.read(each)) };
  }
}

function isExpression(value: unknown): value is jsep.Expression {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The number as it is written; what the parser made of it in floating point is not looked at. */
function numberOf(raw: unknown): Rational {
  const value = typeof raw === "string" ? rationalOf(raw) : undefined;
  if (!value) throw notAllowed("this number");
  return value;
}

function nameOf(name: unknown): string {
  if (typeof name !== "string") throw notAllowed("this name");
  return name;
}

function operatorOf(operator: unknown): Operator {
  if (operator === "+" || operator === "-" || operator === "*" || operator === "/") return operator;
  throw notAllowed(operator);
}

function notAllowed(what: unknown): FormulaError {
  return new FormulaError(`has ${String(what)}, which is not allowed in a formula`);
}

/** Refuses what fails whatever an event says: a division by a constant zero, a constant price that is no price. */
function checkConstants(formula: Formula): void {
  if (!isConstant(formula.root)) return;
  try {
    unitPriceOf(formula, null);
  } catch (error) {
    if (!(error instanceof PricingError)) throw error;
    throw new FormulaError(`can never be a price: ${error.message}`);
  }
}

/** Whether a part says the same of every event. @throws FormulaError where it divides by zero */
function isConstant(node: FormulaNode): boolean {
  const areConstant = partsOf(node).map(isConstant);
  if (node.kind === "binary" && node.operator === "/" && areConstant[1] === true) {
    if (evaluate(node.right, null).numerator === 0n) throw new FormulaError("divides by zero");
  }
  return node.kind !== "dimension" && areConstant.every(Boolean);
}
