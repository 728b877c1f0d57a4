/**
 * The days that say something: those after the one on which the pool began, or from the first usage on if that is said to
 * have happened before.
 * @param days the oldest first, without a gap
 * @param since when the pool began, in milliseconds since 1970; null where there is none
 */
export function completeDays<Day extends { readonly start: number; readonly used: bigint }>(
  days: readonly Day[],
  since: number | null,
): readonly Day[] {
  const firstUsed = days.findIndex(({ used }) => used !== 0n);
  const began = since === null ? days.length : days.findLastIndex(({ start }) => start <= since);
  if (firstUsed !== -1 && firstUsed < began) return days.slice(firstUsed);
  return days.slice(began + 1);
}
