import { warnOnce } from "../warn-once.ts";
import { isDecimal } from "./decimal.ts";
import type { Plural } from "./translation.ts";

const UNITS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
] as const;

/**
 * Writes amounts, shares and times in one language. Amounts are written digit for digit: no double ever holds them. What
 * it writes with is kept: to make a format takes a hundred times as long as to use it, and a table uses it for each cell.
 */
export class Formats {
  readonly #lang: string;
  readonly #timeZone: string | undefined;
  readonly #amounts = new Map<number | null | undefined, Intl.NumberFormat>();
  #percents: Intl.NumberFormat | undefined;
  #dates: Intl.DateTimeFormat | undefined;

  constructor(lang: string, timeZone?: string) {
    this.#lang = lang;
    this.#timeZone = timeZone;
  }

  /** An amount with all its decimals, or with as many as are asked for. */
  amount(amount: string, digits?: number | null): string {
    if (!isDecimal(amount)) return amount;
    let format = this.#amounts.get(digits);
    if (!format) {
      const all = { maximumFractionDigits: 6 };
      const some = digits == null ? all : { minimumFractionDigits: digits, maximumFractionDigits: digits };
      format = tolerant((options) => new Intl.NumberFormat(this.#lang, options), some, all);
      this.#amounts.set(digits, format);
    }
    return format.format(amount);
  }

  plural(amount: string): Plural {
    return new Intl.PluralRules(this.#lang).select(Number(amount));
  }

  percent(hundredths: number): string {
    this.#percents ??= new Intl.NumberFormat(this.#lang, { style: "percent" });
    return this.#percents.format(hundredths / 100);
  }

  /** How far `atMs` is from now, in the largest unit that fits: "in 6 days", "2 min. ago". */
  distance(atMs: number): string {
    return new Intl.RelativeTimeFormat(this.#lang, { style: "short" }).format(...span(atMs));
  }

  /** How long it is until `atMs`, or since then: "3 days". */
  duration(atMs: number): string {
    const [count, unit] = span(atMs);
    return new Intl.NumberFormat(this.#lang, { style: "unit", unit, unitDisplay: "long" }).format(
      Math.abs(count),
    );
  }

  /** The day and the time, in the page's time zone. */
  date(atMs: number): string {
    const options: Intl.DateTimeFormatOptions = { dateStyle: "long", timeStyle: "short" };
    const here = { ...options, timeZone: this.#timeZone };
    this.#dates ??= tolerant((choice) => new Intl.DateTimeFormat(this.#lang, choice), here, options);
    return this.#dates.format(atMs);
  }
}

/** The time from now in the largest unit of which it has at least one, cut off after it. */
function span(atMs: number): [count: number, unit: (typeof UNITS)[number][1]] {
  const ms = atMs - Date.now();
  const [size, unit] = UNITS.find(([size]) => Math.abs(ms) >= size) ?? UNITS[3];
  return [Math.trunc(ms / size), unit];
}

/** A setting that Intl refuses is left out, with a word to the page's developer, not thrown at its visitors. */
function tolerant<Options, Format>(
  make: (options: Options) => Format,
  wanted: Options,
  safe: Options,
): Format {
  try {
    return make(wanted);
  } catch (error) {
    warnOnce(String(error), String(error));
    return make(safe);
  }
}
