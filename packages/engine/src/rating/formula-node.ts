import type { FunctionName } from "./formula-words.ts";
import type { Rational } from "./rational.ts";

export type Operator = "+" | "-" | "*" | "/";

/** A part of a formula. */
export type FormulaNode =
  | { readonly kind: "number"; readonly value: Rational }
  | { readonly kind: "dimension"; readonly name: string }
  | { readonly kind: "negate"; readonly of: FormulaNode }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: FormulaNode;
      readonly right: FormulaNode;
    }
  | { readonly kind: "call"; readonly name: FunctionName; readonly given: readonly FormulaNode[] };

/** What one unit costs, counted from what the event says of itself. */
export interface Formula {
  readonly root: FormulaNode;
  /** The dimensions that an event must have. */
  readonly dimensions: readonly string[];
}

/** The parts that a part is made of. */
export function partsOf(node: FormulaNode): readonly FormulaNode[] {
  switch (node.kind) {
    case "number":
    case "dimension":
      return [];
    case "negate":
      return [node.of];
    case "binary":
      return [node.left, node.right];
    case "call":
      return node.given;
  }
}

/** The dimensions that a part names, each once. */
export function dimensionsOf(node: FormulaNode): Set<string> {
  if (node.kind === "dimension") return new Set([node.name]);
  return new Set(partsOf(node).flatMap((part) => [...dimensionsOf(part)]));
}
