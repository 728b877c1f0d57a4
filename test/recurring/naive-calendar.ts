/*
 * The calendar of periods a second time, by hand: nothing is shared with the product.
 */

/** The moment so many months after another one, on the same day of the month, or on its last one where that is missing. */
export function monthsAfter(anchor: number, months: number): number {
  const from = new Date(anchor);
  const total = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
  const [year, month] = [Math.floor(total / 12), total % 12];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const day = Math.min(from.getUTCDate(), lengths[month] ?? 0);
  return Date.UTC(year, month, day) + (anchor % 86_400_000);
}
