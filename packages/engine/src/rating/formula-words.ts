import { FormulaError } from "./formula-error.ts";

/** The functions that a formula may call, and how many arguments each takes at least and at most. */
export const FUNCTIONS = {
  min: { least: 2, most: 100 },
  max: { least: 2, most: 100 },
  ceil: { least: 1, most: 1 },
  floor: { least: 1, most: 1 },
  round: { least: 1, most: 1 },
} as const;
export type FunctionName = keyof typeof FUNCTIONS;

/** How many parentheses may be open at once. */
const MAX_DEPTH = 20;
/** What a dimension may be called, as far as a formula can name it. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;
const NUMBER = /^\d{1,12}(?:\.\d{1,12})?$/;
/** Words that are values elsewhere; nobody should wonder whether they are here. */
const RESERVED = new Set(["true", "false", "null", "this", "undefined", "NaN", "Infinity"]);
const WORD = /[A-Za-z0-9_$.\u0080-\u{10ffff}]+|[^]/uy;
const SPACE = /[ \t\r\n]/;

/** Whether a name is that of a function. Not by `in`: that would find what every object has. */
export function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

/**
 * Walks over a formula's words, and refuses each that is not known, or not in its place.
 * @throws FormulaError with the place
 */
export function checkWords(text: string): void {
  const walk = new Walk();
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    const [word] = match;
    if (!SPACE.test(word)) walk.take(word, match.index + 1);
  }
  walk.end(text.length + 1);
}

/** What may follow: a term (a number, a dimension, a function, a parenthesis) or something behind a term. */
class Walk {
  #wantsTerm = true;
  /** The function whose opening parenthesis has to follow. */
  #called: FunctionName | null = null;
  /** For each open parenthesis, whether a function's arguments are in it. */
  readonly #open: boolean[] = [];

  take(word: string, position: number): void {
    if (this.#called !== null && word !== "(") {
      throw new FormulaError(`must call ${this.#called} with parentheses`, position);
    }
    if (/^[A-Za-z0-9_$.\u0080-\u{10ffff}]/u.test(word)) this.#takeTerm(word, position);
    else this.#takeSign(word, position);
  }

  end(position: number): void {
    if (this.#called !== null) throw new FormulaError(`must call ${this.#called} with parentheses`, position);
    if (this.#open.length > 0) throw new FormulaError("lacks a closing parenthesis", position);
    if (this.#wantsTerm) throw new FormulaError("ends where a number or a dimension is expected", position);
  }

  #takeTerm(word: string, position: number): void {
    if (!this.#wantsTerm) throw new FormulaError(`lacks an operator before ${shown(word)}`, position);
    if (/^[0-9.]/.test(word)) {
      if (!NUMBER.test(word)) throw new FormulaError(`has ${shown(word)}, which is ${NO_NUMBER}`, position);
    } else if (!NAME.test(word) || RESERVED.has(word)) {
      throw new FormulaError(`has ${shown(word)}, which cannot be a dimension`, position);
    }
    if (isFunction(word)) this.#called = word;
    else this.#wantsTerm = false;
  }

  #takeSign(sign: string, position: number): void {
    switch (sign) {
      case "+":
      case "-":
      case "*":
      case "/":
        if (this.#wantsTerm && sign !== "-") throw this.#misplaced(sign, position);
        this.#wantsTerm = true;
        return;
      case "(":
        if (!this.#wantsTerm) {
          throw new FormulaError("has a parenthesis behind something that is no function", position);
        }
        if (this.#open.length === MAX_DEPTH)
          throw new FormulaError(`nests deeper than ${MAX_DEPTH}`, position);
        this.#open.push(this.#called !== null);
        this.#called = null;
        return;
      case ")":
        if (this.#wantsTerm) throw this.#misplaced(sign, position);
        if (this.#open.pop() === undefined) throw new FormulaError("closes what is not open", position);
        return;
      case ",":
        if (this.#wantsTerm || this.#open.at(-1) !== true) throw this.#misplaced(sign, position);
        this.#wantsTerm = true;
        return;
      default:
        throw new FormulaError(`has ${shown(sign)}, which is not allowed in a formula`, position);
    }
  }

  #misplaced(sign: string, position: number): FormulaError {
    return new FormulaError(
      this.#wantsTerm ? `has ${sign} where a number or a dimension is expected` : `has ${sign} out of place`,
      position,
    );
  }
}

const NO_NUMBER = "no decimal of at most 12 digits on either side of the point";

/** A word as a message shows it: short, and without what could break a line. */
function shown(word: string): string {
  const plain = word.replace(/[^\x20-\x7e]/gu, "?");
  return plain.length > 24 ? `${plain.slice(0, 21)}...` : plain;
}
