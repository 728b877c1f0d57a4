import { z } from "zod";

const LATEST_OFFSET_MINUTES = 14 * 60;

/** RFC 3339 with an offset, read into milliseconds since 1970. Impossible dates are refused, never rolled over. */
export const timestampInput = z.iso
  .datetime({ offset: true, error: "must be an RFC 3339 time with an offset, such as 2026-03-01T12:00:00Z" })
  .max(40)
  .transform((text, context) => {
    const offset = /([+-])(\d{2}):(\d{2})$/.exec(text);
    const offsetMinutes = offset ? Number(offset[2]) * 60 + Number(offset[3]) : 0;
    const ms = Date.parse(text);
    const year = new Date(ms).getUTCFullYear();
    if (Number.isNaN(ms) || offsetMinutes > LATEST_OFFSET_MINUTES || year < 1970 || year > 9999) {
      context.addIssue({ code: "custom", message: "must be a time between 1970 and 9999" });
      return z.NEVER;
    }
    return ms;
  })
  .meta({ example: "2026-03-01T12:00:00Z" });

const PERIOD = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;
const LONGEST_PERIOD_DAYS = 100 * 366;

/** A length of time on the calendar, as ISO 8601 writes it: years, months, weeks and days, 100 years at most. */
export const calendarPeriod = z
  .string()
  .max(20)
  .refine(isPeriod, "must be an ISO 8601 period of 1 day to 100 years such as P1Y, P6M or P30D")
  .meta({ description: "An ISO 8601 period", example: "P1Y" });

function isPeriod(text: string): boolean {
  const match = PERIOD.exec(text);
  if (!match) return false;
  const [years = 0, months = 0, weeks = 0, days = 0] = match.slice(1).map((count) => Number(count ?? 0));
  const longest = years * 366 + months * 31 + weeks * 7 + days;
  return longest > 0 && longest <= LONGEST_PERIOD_DAYS;
}

/** An IANA time zone, as calendars of people name them. Offsets are refused: they are not kept through a summer. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin")
  .meta({ description: "An IANA time zone; UTC if left out", example: "Europe/Berlin" });

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** A time as it is sent out: RFC 3339 in UTC. */
export const timestamp = z.string().meta({ format: "date-time", example: "2026-03-01T12:00:00.000Z" });
