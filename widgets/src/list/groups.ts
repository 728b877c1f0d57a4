import { micros } from "../ui/decimal.ts";

/** Rows that have something in common; `null` is nothing. */
export interface Group<Row> {
  key: string | null;
  rows: Row[];
}

/** Rows by what they have in common, in the order in which they come. */
export function groupsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string | null): Group<Row>[] {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const known = groups.get(key);
    if (known) known.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, found]) => ({ key, rows: found }));
}

/** The exact sum of some amounts. */
export function sumOf(amounts: readonly string[]): string {
  return decimalOf(amounts.reduce((sum, amount) => sum + micros(amount), 0n));
}

const PLACES = 6;

/** The amount of so many millionths. */
function decimalOf(size: bigint): string {
  const digits = `${size < 0n ? -size : size}`.padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return (size < 0n ? "-" : "") + digits.slice(0, -PLACES) + (fraction && `.${fraction}`);
}

/** The date of a moment in a zone, `2026-03-01`, for many moments. */
export function datesIn(timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone });
  return (iso) => format.format(Date.parse(iso));
}
