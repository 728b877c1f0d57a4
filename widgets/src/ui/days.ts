const DAY_MS = 86_400_000;
const LOCAL_DATE = /^\d{4}-\d\d-\d\d$/;
/** The clocks of zones, which are kept: to make one takes a hundred times as long as to read it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a wall clock shows in a zone at a moment, read as if it were UTC. */
export function wallOf(ms: number, zone: string): number {
  // A date that there is not, such as the 99th, is no time of any clock.
  if (Number.isNaN(ms)) return ms;
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone: zone });
    clocks.set(zone, clock);
  }
  // Years before 1000 are written without their zeros.
  return Date.parse(`${clock.format(ms).replace(" ", "T").padStart(19, "0")}Z`);
}

/** The first moment at which a zone's clock shows this time; the one after the gap where the clock skips it. */
function momentOf(wallMs: number, zone: string): number {
  const offsets = [-1, 1].map((days) => {
    const near = wallMs + days * DAY_MS;
    return wallOf(near, zone) - near;
  });
  const moments = offsets.map((offset) => wallMs - offset).sort((a, b) => a - b);
  return moments.find((ms) => wallOf(ms, zone) >= wallMs) ?? wallMs;
}

/** The date of a moment in a zone: `2026-03-01`. */
export function dateOf(ms: number, zone: string): string {
  return new Date(wallOf(ms, zone)).toISOString().slice(0, 10);
}

/** The beginning of a date in a zone, or of a day some days or months later. */
export function startOf(date: string, zone: string, later: { days?: number; months?: number } = {}): number {
  const wall = new Date(`${date}T00:00:00Z`);
  const { days = 0, months = 0 } = later;
  return momentOf(wall.setUTCMonth(wall.getUTCMonth() + months, wall.getUTCDate() + days), zone);
}

/**
 * The beginning of a period that begins at a date or a moment, or, with `isLast`, the first moment after one that ends
 * with a date or at a moment. Nothing if it is neither.
 */
export function edgeOf(text: string, zone: string, isLast = false): number | undefined {
  const ms = LOCAL_DATE.test(text) ? startOf(text, zone, { days: isLast ? 1 : 0 }) : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
