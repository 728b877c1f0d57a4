import type { ApiError, WidgetAutoTopUp, WidgetAutoTopUpRule } from "@credits-kit/client/widget";
import { decimalOf, moneyOf, type Money } from "../paying/money.ts";
import { readAmount, typedAmount } from "../paying/typed-amount.ts";
import { micros } from "../ui/decimal.ts";

export const FIELDS = ["threshold", "target", "credits", "limit", "consent"] as const;
export type Field = (typeof FIELDS)[number];

/** What is wrong with a field: one of our checks, or what the server said. */
export type Fault =
  | {
      type:
        "noNumber" | "noMoney" | "atLeast" | "atMost" | "aboveThreshold" | "lessThanOne" | "consentMissing";
    }
  | { type: "refused"; message: string };

/** What a person has typed and chosen; survives the way to Stripe's page and back. */
export interface Draft {
  threshold: string;
  mode: "target" | "credits";
  target: string;
  credits: string;
  limit: string;
  consent: boolean;
}

const NOTHING: Draft = { threshold: "", mode: "target", target: "", credits: "", limit: "", consent: false };
/** How the wire names the fields. */
const PATHS: Record<string, Field> = { monthlyLimit: "limit" };

/** The settings as they are being typed. */
export class RuleForm {
  draft: Draft = { ...NOTHING };
  /** The language that amounts are typed in. */
  lang = "en";
  /** Whether the person has to agree before a card is charged when nobody is there. */
  needsConsent = true;
  settings: WidgetAutoTopUp | undefined;
  /** What one top-up costs, once it is known. */
  total: Money | undefined;
  readonly #checked = new Set<Field>();
  #refused: Partial<Record<Field, string>> = {};

  /** Begins with what is set, or with what suits a pool that was `granted` so much. */
  begin(settings: WidgetAutoTopUp, granted = "0"): void {
    this.settings = settings;
    this.#checked.clear();
    this.#refused = {};
    const { rule } = settings;
    this.needsConsent = rule === null;
    this.draft = rule ? this.#draftOf(rule) : this.#suggest(granted);
  }

  change(change: Partial<Draft>): void {
    Object.assign(this.draft, change);
    for (const field of FIELDS) {
      if (!(field in change)) continue;
      this.#checked.delete(field);
      delete this.#refused[field];
    }
  }

  /** The person is done with these fields: what is wrong with them may be said now. */
  check(fields: readonly Field[] = FIELDS): void {
    for (const field of fields) this.#checked.add(field);
  }

  /** Takes over what the server has to say about the fields. @returns whether it said anything about them */
  refuse({ errors = [] }: ApiError): boolean {
    for (const { path, message } of errors) {
      const field = PATHS[path] ?? FIELDS.find((name) => name === path);
      if (field === "consent") this.needsConsent = true;
      if (field) this.#refused[field] = message;
    }
    this.check();
    return Object.keys(this.#refused).length > 0;
  }

  /** What is to be said about a field now. */
  shownFault(field: Field): Fault | undefined {
    return this.#checked.has(field) ? this.fault(field) : undefined;
  }

  /** The first field with something wrong. */
  get firstFault(): Field | undefined {
    return FIELDS.find((field) => this.fault(field));
  }

  fault(field: Field): Fault | undefined {
    const { mode } = this.draft;
    if ((field === "target" || field === "credits") && field !== mode) return undefined;
    const type = this.#ownFault(field);
    if (type) return { type };
    const message = this.#refused[field];
    return message === undefined ? undefined : { type: "refused", message };
  }

  /** How many credits are bought each time, as far as that can be said; at least, where it tops up to a target. */
  get eachTime(): string | undefined {
    const { mode } = this.draft;
    if (this.fault(mode)) return undefined;
    if (mode === "credits") return this.#amount("credits");
    if (this.isMoneyThreshold || this.fault("threshold")) return undefined;
    const gap = micros(this.#amount("target") ?? "") - micros(this.#amount("threshold") ?? "");
    const { min, max } = this.settings ?? {};
    if (min && gap < micros(min)) return min;
    if (max && gap > micros(max)) return max;
    return decimalOfMicros(gap);
  }

  /** A threshold that a host has set in money stays one. */
  get isMoneyThreshold(): boolean {
    return typeof this.settings?.rule?.threshold === "object";
  }

  get limit(): Money | undefined {
    const { currency } = this.settings ?? {};
    const decimal = readAmount(this.draft.limit, this.lang);
    return decimal && currency ? moneyOf(decimal, currency) : undefined;
  }

  /** The whole rule, as it is sent; nothing as long as there is something wrong with it. */
  rule(enabled: boolean): WidgetAutoTopUpRule | undefined {
    const { mode, consent } = this.draft;
    const threshold = this.isMoneyThreshold ? this.#money("threshold") : this.#amount("threshold");
    const amount = this.#amount(mode);
    if (FIELDS.some((field) => this.#faultBesides(field)) || !threshold || !amount) return undefined;
    const { limit } = this;
    return {
      enabled,
      threshold,
      [mode]: amount,
      ...(limit && { monthlyLimit: limit }),
      ...(this.needsConsent && consent && { consent }),
    };
  }

  /** What the server refused may be sent again: it may have changed its mind. */
  #faultBesides(field: Field): boolean {
    const fault = this.fault(field);
    return fault !== undefined && fault.type !== "refused";
  }

  #ownFault(field: Field): Exclude<Fault["type"], "refused"> | undefined {
    const { draft } = this;
    switch (field) {
      case "consent":
        return this.needsConsent && !draft.consent ? "consentMissing" : undefined;
      case "limit":
        if (draft.limit.trim() === "") return undefined;
        if (!this.limit) return "noMoney";
        return this.total && this.limit.amountMinor < this.total.amountMinor ? "lessThanOne" : undefined;
      case "threshold":
        if (this.isMoneyThreshold) return this.#money(field) ? undefined : "noMoney";
        return this.#amount(field) ? undefined : "noNumber";
      case "target":
        return this.#targetFault();
      case "credits":
        return this.#creditsFault();
    }
  }

  #targetFault() {
    const target = this.#amount("target");
    if (!target) return "noNumber";
    const threshold = this.isMoneyThreshold ? undefined : this.#amount("threshold");
    return threshold && micros(target) <= micros(threshold) ? "aboveThreshold" : undefined;
  }

  #creditsFault() {
    const credits = this.#amount("credits");
    if (!credits) return "noNumber";
    const { min, max } = this.settings ?? {};
    if (min && micros(credits) < micros(min)) return "atLeast";
    return max && micros(credits) > micros(max) ? "atMost" : undefined;
  }

  #amount(field: "threshold" | "target" | "credits"): string | undefined {
    return readAmount(this.draft[field], this.lang);
  }

  #money(field: "threshold"): Money | undefined {
    const { rule } = this.settings ?? {};
    const decimal = this.#amount(field);
    const known = rule?.threshold;
    return decimal && typeof known === "object" ? moneyOf(decimal, known.currency) : undefined;
  }

  #draftOf(rule: NonNullable<WidgetAutoTopUp["rule"]>): Draft {
    const { threshold, target, credits, monthlyLimit } = rule;
    const below = typeof threshold === "object" ? shortDecimal(threshold) : threshold;
    return {
      threshold: typedAmount(below, this.lang),
      mode: credits === null ? "target" : "credits",
      target: typedAmount(target ?? "", this.lang),
      credits: typedAmount(credits ?? "", this.lang),
      limit: monthlyLimit ? typedAmount(shortDecimal(monthlyLimit), this.lang) : "",
      consent: false,
    };
  }

  /** Round numbers: a tenth of what the pool was given, and five times that. */
  #suggest(granted: string): Draft {
    const { min, max } = this.settings ?? {};
    const least = Number(min ?? "0") || 10;
    const threshold = roundUp(Math.max(Number(granted) / 10, least));
    const credits = Math.min(roundUp(threshold * 4), Number(max ?? "Infinity"));
    return {
      ...NOTHING,
      threshold: String(threshold),
      target: String(threshold * 5),
      credits: String(credits),
    };
  }
}

/** The next number that begins with 1, 2 or 5 and goes on with zeros: only ever a suggestion. */
function roundUp(amount: number): number {
  const size = 10 ** Math.floor(Math.log10(amount));
  return [1, 2, 5, 10].map((step) => step * size).find((round) => round >= amount) ?? 10 * size;
}

function decimalOfMicros(amount: bigint): string {
  const digits = String(amount).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, "");
}

function shortDecimal(money: Money): string {
  return decimalOf(money).replace(/\.0+$/, "");
}

/** A rule as it is, switched on or off, as it is sent. */
export function sentRule(
  { threshold, target, credits, monthlyLimit }: NonNullable<WidgetAutoTopUp["rule"]>,
  enabled: boolean,
): WidgetAutoTopUpRule {
  const amount = target === null ? { credits: credits ?? "" } : { target };
  return { enabled, threshold, ...amount, ...(monthlyLimit && { monthlyLimit }) };
}
