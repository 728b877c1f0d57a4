/** A text is no formula that a rate may have. The message follows the name of the field, and is safe for people. */
export class FormulaError extends Error {
  /** Where in the text, from 1; null where it is the whole. */
  readonly position: number | null;

  constructor(message: string, position: number | null = null) {
    super(position === null ? message : `${message}, at character ${position}`);
    this.name = "FormulaError";
    this.position = position;
  }
}

/** A formula gives no price for what an event says of itself. The message is safe for people. */
export class PricingError extends Error {
  /** The dimension at fault; null where it is none, or more than one. */
  readonly dimension: string | null;

  constructor(dimension: string | null, message: string) {
    super(message);
    this.name = "PricingError";
    this.dimension = dimension;
  }
}
