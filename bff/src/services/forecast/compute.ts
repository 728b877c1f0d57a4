/** What a forecast is made from. Amounts in micro-credits. */
export interface ForecastInput {
  /** What each of the last complete days burned, the oldest first, without a gap. */
  readonly daily: readonly bigint[];
  /** What can be spent now. */
  readonly available: bigint;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** What is to be expected. Amounts in micro-credits, times in milliseconds since 1970. */
export interface Outlook {
  /** The average of a day. */
  readonly perDay: bigint;
  /** By how much a day burned more than the one before. */
  readonly trend: bigint;
  /** A standard deviation of a day from the trend. */
  readonly spread: bigint;
  /** The average alone where there are too few days for a trend. */
  readonly method: "mean" | "linear_trend";
  /** Null where nothing was burned, or it lasts beyond the horizon; so is the latest. */
  readonly runsOutAt: {
    readonly likely: number;
    readonly earliest: number;
    readonly latest: number | null;
  } | null;
}

/** Nobody can say what is used in two years. */
export const HORIZON_DAYS = 730;
/** How likely credits run out between the earliest and the latest moment. */
export const RANGE_PERCENT = 80;
/** So many standard deviations to both sides hold that share of a normal distribution. */
const DEVIATIONS = 1.2816;
/** With fewer days, one of them bends the line. */
const FEWEST_FOR_TREND = 7;
const DAY_MS = 86_400_000;

/**
 * Works out when credits run out if they are burned as they were: a straight line through the days, by least squares, goes
 * on for as many days as there were, then stays level. The range widens with the root of the days ahead, for how far days
 * lie off the line, and with the days themselves, for how well their average is known.
 */
export function computeForecast({ daily, available, now }: ForecastInput): Outlook {
  const days = daily.length;
  const used = daily.reduce((sum, amount) => sum + amount, 0n);
  if (days === 0 || used <= 0n) {
    return { perDay: 0n, trend: 0n, spread: 0n, method: "mean", runsOutAt: null };
  }
  const method = days < FEWEST_FOR_TREND ? "mean" : "linear_trend";
  const slope = method === "mean" ? { numerator: 0n, denominator: 1n } : slopeOf(daily);
  const perDay = divide(used, BigInt(days));
  const trend = divide(slope.numerator, slope.denominator);
  const average = Number(used) / days;
  const rise = Number(slope.numerator) / Number(slope.denominator);
  const rateAt = (day: number) => average + rise * (day - (days - 1) / 2);
  const deviation = deviationOf(daily, rateAt, method === "mean" ? 1 : 2) ?? average;
  // What comes after the last complete day, the one at hand first.
  const rateAhead = (day: number) => Math.max(0, rateAt(days - 1 + Math.min(day, days)));
  const crossing = (deviations: number) =>
    crossingOf(
      Number(available),
      rateAhead,
      (ahead) => deviations * deviation * Math.sqrt(ahead + ahead ** 2 / days),
    );
  const at = (ahead: number | null) => (ahead === null ? null : Math.round(now + ahead * DAY_MS));
  const [earliest, likely, latest] = [at(crossing(DEVIATIONS)), at(crossing(0)), at(crossing(-DEVIATIONS))];
  const runsOutAt =
    likely === null || earliest === null ? null : { likely, earliest, latest: latest ?? null };
  return { perDay, trend, spread: BigInt(Math.round(deviation)), method, runsOutAt };
}

/** The slope of the least-squares line, as a fraction. */
function slopeOf(daily: readonly bigint[]): { numerator: bigint; denominator: bigint } {
  const n = BigInt(daily.length);
  let [x, xx, y, xy] = [0n, 0n, 0n, 0n];
  for (const [index, amount] of daily.entries()) {
    const day = BigInt(index);
    x += day;
    xx += day * day;
    y += amount;
    xy += day * amount;
  }
  return { numerator: n * xy - x * y, denominator: n * xx - x * x };
}

/** The standard deviation of days from a line; null where there are no more days than the line has parameters. */
function deviationOf(
  daily: readonly bigint[],
  rateAt: (day: number) => number,
  parameters: number,
): number | null {
  const free = daily.length - parameters;
  if (free <= 0) return null;
  const squares = daily.reduce((sum, amount, day) => sum + (Number(amount) - rateAt(day)) ** 2, 0);
  return Math.sqrt(squares / free);
}

/** After how many days, and parts of one, the burned reaches what is available; null beyond the horizon. */
function crossingOf(
  available: number,
  rateAhead: (day: number) => number,
  marginAt: (ahead: number) => number,
): number | null {
  if (available <= 0) return 0;
  let burned = 0;
  let before = 0;
  for (let day = 1; day <= HORIZON_DAYS; day += 1) {
    burned += rateAhead(day);
    const reached = burned + marginAt(day);
    if (reached >= available) return day - 1 + (available - before) / (reached - before);
    before = reached;
  }
  return null;
}

/** Divides and rounds half away from zero. */
function divide(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n !== denominator < 0n ? -1n : 1n;
  const magnitude = numerator < 0n ? -numerator : numerator;
  const by = denominator < 0n ? -denominator : denominator;
  return sign * ((2n * magnitude + by) / (2n * by));
}
