/** An amount that cannot be taken exactly. The message is safe to show to people. */
export class AmountError extends Error {
  readonly code: "malformed" | "too_precise" | "out_of_range";

  constructor(code: AmountError["code"], message: string) {
    super(message);
    this.name = "AmountError";
    this.code = code;
  }
}
