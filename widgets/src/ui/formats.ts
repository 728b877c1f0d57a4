import { warnOnce } from "../warn-once.ts";
import { isDecimal } from "./decimal.ts";
import type { Plural } from "./translation.ts";

export interface FormatOptions {
  lang: string;
  timeZone: string | undefined;
  fractionDigits: number | undefined;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Writes amounts, shares and times in one language. Amounts are written digit for digit: no double ever holds them. */
export class Formats {
  readonly #lang: string;
  readonly #timeZone: string | undefined;
  readonly #figure: Intl.NumberFormat;
  readonly #exact: Intl.NumberFormat;

  constructor({ lang, timeZone, fractionDigits }: FormatOptions) {
    this.#lang = lang;
    this.#timeZone = checked("time-zone", timeZone, (value) => new Intl.DateTimeFormat("en", { timeZone: value }));
    const digits = checked("fraction-digits", fractionDigits, (value) => withDigits("en", value));
    this.#exact = new Intl.NumberFormat(lang, { maximumFractionDigits: 6 });
    this.#figure = digits === undefined ? this.#exact : withDigits(lang, digits);
  }

  /** An amount with as many decimals as the page asks for. */
  figure(amount: string): string {
    return isDecimal(amount) ? this.#figure.format(amount) : amount;
  }

  /** An amount with all its decimals. */
  exact(amount: string): string {
    return isDecimal(amount) ? this.#exact.format(amount) : amount;
  }

  plural(amount: string): Plural {
    return new Intl.PluralRules(this.#lang).select(Number(amount));
  }

  percent(hundredths: number): string {
    return new Intl.NumberFormat(this.#lang, { style: "percent" }).format(hundredths / 100);
  }

  /** How far `atMs` is from now, in the largest unit that fits: "in 6 days", "2 min. ago". */
  distance(atMs: number): string {
    const [count, unit] = span(atMs - Date.now());
    return new Intl.RelativeTimeFormat(this.#lang, { style: "short" }).format(count, unit);
  }

  /** How long it is until `atMs`: "3 days". */
  duration(atMs: number): string {
    const [count, unit] = span(Math.max(MINUTE_MS, atMs - Date.now()));
    return new Intl.NumberFormat(this.#lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
  }

  /** The day, or the time if it is today's. */
  moment(atMs: number): string {
    const day: Intl.DateTimeFormatOptions = { day: "numeric", month: "short" };
    const today = this.#date(atMs, day) === this.#date(Date.now(), day);
    return this.#date(atMs, today ? { hour: "numeric", minute: "2-digit" } : day);
  }

  fullDate(atMs: number): string {
    return this.#date(atMs, { dateStyle: "long", timeStyle: "short" });
  }

  #date(atMs: number, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#lang, { ...options, timeZone: this.#timeZone }).format(atMs);
  }
}

function withDigits(lang: string, digits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

const UNITS = [
  [DAY_MS, "day"],
  [HOUR_MS, "hour"],
  [MINUTE_MS, "minute"],
  [SECOND_MS, "second"],
] as const;

/** A time span in the largest unit of which it has at least one, cut off after it. */
function span(ms: number) {
  const [size, unit] = UNITS.find(([size]) => Math.abs(ms) >= size) ?? [SECOND_MS, "second"];
  return [Math.trunc(ms / size), unit] as const;
}

/** A setting that Intl does not know is left out, not thrown at the page's visitors. */
function checked<Value>(name: string, value: Value | undefined, probe: (value: Value) => unknown): Value | undefined {
  try {
    if (value !== undefined) probe(value);
    return value;
  } catch {
    warnOnce(name, `${name}="${String(value)}" is not known and is left out.`);
    return undefined;
  }
}
