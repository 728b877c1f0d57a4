import type { WidgetTopUpQuote } from "@credits-kit/client/widget";
import { micros } from "../ui/decimal.ts";
import { readAmount, typedAmount } from "../paying/typed-amount.ts";

export type AmountFault = "noNumber" | "atLeast" | "atMost";

type Package = WidgetTopUpQuote["packages"][number];

/** What the person chose: one of the packages, or an amount of their own. */
export class AmountForm {
  /** What is sold; nothing until it is known. */
  offer: WidgetTopUpQuote | undefined;
  /** The language that amounts are typed in. */
  lang = "en";
  isOther = false;
  typed = "";
  /** The person has gone on from the field: what is wrong with it may be said now. */
  isChecked = false;
  #package: string | undefined;

  /** Takes over what is sold. What was chosen stays where it is sold still. */
  take(offer: WidgetTopUpQuote, preset?: string): void {
    this.offer = offer;
    const [first] = offer.packages;
    const chosen = this.credits ?? preset;
    const found = chosen === undefined ? first : this.find(chosen);
    if (found && !this.isOther) this.#package = found.credits;
    else this.isOther = true;
    if (this.isOther && !this.typed) this.typed = typedAmount(chosen ?? offer.min ?? "", this.lang);
  }

  /** As if nobody had ever seen it. */
  forget(): void {
    this.offer = this.#package = undefined;
    this.isOther = this.isChecked = false;
    this.typed = "";
  }

  choose(credits: string | undefined): void {
    this.isOther = credits === undefined;
    if (credits !== undefined) this.#package = credits;
    this.isChecked = false;
  }

  /** Puts an amount into the form from outside: a preset, or an order that was not paid. */
  put(credits: string): void {
    const found = this.find(credits);
    this.choose(found?.credits);
    if (!found) this.typed = typedAmount(credits, this.lang);
  }

  type(text: string): void {
    this.typed = text;
    this.isChecked = false;
  }

  find(credits: string): Package | undefined {
    return this.offer?.packages.find((one) => micros(one.credits) === micros(credits));
  }

  isChosen(one: Package): boolean {
    return !this.isOther && one.credits === this.#package;
  }

  /** How many credits, a decimal of the wire; nothing as long as there is something wrong with them. */
  get credits(): string | undefined {
    if (!this.isOther) return this.#package;
    return this.fault ? undefined : readAmount(this.typed, this.lang);
  }

  get fault(): AmountFault | undefined {
    if (!this.isOther) return undefined;
    const amount = readAmount(this.typed, this.lang);
    if (!amount) return "noNumber";
    const { min, max } = this.offer ?? {};
    if (min && micros(amount) < micros(min)) return "atLeast";
    return max && micros(amount) > micros(max) ? "atMost" : undefined;
  }
}
