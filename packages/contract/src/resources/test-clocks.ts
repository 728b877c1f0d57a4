import { z } from "zod";
import { id } from "../values/ids.ts";
import { text } from "../values/text.ts";
import { timestamp, timestampInput } from "../values/time.ts";

/** How far a test clock goes in one call. */
export const MOST_YEARS_AHEAD = 5;

export const testClockInput = z
  .strictObject({
    id: id.optional(),
    now: timestampInput.meta({ description: "What time it is for its customers" }),
    name: text(200).optional(),
  })
  .meta({ id: "TestClockInput" });
export type TestClockInput = z.infer<typeof testClockInput>;

export const testClock = z
  .object({
    id,
    name: z.string().nullable(),
    now: timestamp.meta({ description: "What time it is for its customers" }),
    createdAt: timestamp,
    advancedAt: timestamp.meta({ description: "When it last went forward, in real time" }),
  })
  .meta({ id: "TestClock", description: "The time that customers on it live by; only in a test deployment" });
export type TestClock = z.infer<typeof testClock>;

export const testClockAdvance = z
  .strictObject({
    to: timestampInput.meta({
      description: `Later than the clock is now, by at most ${MOST_YEARS_AHEAD} years`,
    }),
  })
  .meta({ id: "TestClockAdvance" });
export type TestClockAdvance = z.infer<typeof testClockAdvance>;

export const advancedTestClock = testClock
  .extend({
    entries: z
      .int()
      .meta({ description: "Ledger entries that its customers got while it went, whoever caused them" }),
  })
  .meta({ id: "AdvancedTestClock" });
export type AdvancedTestClock = z.infer<typeof advancedTestClock>;
