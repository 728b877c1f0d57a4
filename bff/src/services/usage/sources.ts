import type { UsageSegment, UsageSources } from "../../storage/pools/usage-lines.ts";

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** What sums stand for, in minutes: UTC days, quarters of one, hours, quarters of one. */
const GRAINS = [1_440, 360, 60, 15] as const;

/**
 * Where the usage of buckets is found: of each bucket whole days, then six hours at once, hours, and quarters of an hour from
 * the sums; and the quarters that a boundary cuts, from their entries. A boundary may lie anywhere, so any zone and any
 * moment is exact.
 * @param boundaries in the order of time; between the n-th and the one after it lies bucket number n, from 1
 * @param gap the number of a bucket that nobody asks for; zero for none
 */
export function sourcesOf(boundaries: readonly number[], gap: number): UsageSources {
  const segments: UsageSegment[] = [];
  const cut = new Set<number>();
  for (const [index, from] of boundaries.entries()) {
    if (from % QUARTER_MS !== 0) cut.add(floor(from, QUARTER_MS));
    const to = boundaries[index + 1];
    const bucket = index + 1;
    if (to === undefined || bucket === gap) continue;
    for (const part of partsOf({ from, to })) segments.push({ bucket, ...part });
  }
  return { segments, cutQuarters: [...cut] };
}

type Part = Omit<UsageSegment, "bucket">;

/** Divides a span into the largest whole grains: what is left over on both sides goes to smaller ones, or to entries. */
function partsOf(
  span: { from: number; to: number },
  [grain, ...smaller]: readonly number[] = GRAINS,
): Part[] {
  if (grain === undefined || span.from >= span.to) return [];
  const unit = grain * MINUTE_MS;
  const whole = { from: ceil(span.from, unit), to: floor(span.to, unit) };
  if (whole.from >= whole.to) return partsOf(span, smaller);
  return [
    ...partsOf({ from: span.from, to: whole.from }, smaller),
    { grain, ...whole },
    ...partsOf({ from: whole.to, to: span.to }, smaller),
  ];
}

function floor(time: number, unit: number): number {
  return Math.floor(time / unit) * unit;
}

function ceil(time: number, unit: number): number {
  return Math.ceil(time / unit) * unit;
}
