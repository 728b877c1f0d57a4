import { z } from "zod";
import { counted, formatViolations, violation } from "../report.ts";

/** What a run archived. A schema, as reports also come from a running process. */
export const archiveReport = z.object({
  pools: z.number(),
  entries: z.number(),
  /** Where the entries are now; null when there were none. */
  file: z.string().nullable(),
  /** What speaks against archiving: nothing of the customers named here was archived. */
  violations: z.array(violation),
});
export type ArchiveReport = z.infer<typeof archiveReport>;

/** The report for people: what was archived, then a line for each violation. */
export function formatArchive({ pools, entries, file, violations }: ArchiveReport): string {
  const what = `${counted(entries, "entry", "entries")} of ${counted(pools, "pool", "pools")}`;
  const first = file === null ? "there is nothing to archive" : `archived ${what} into ${file}`;
  if (violations.length === 0) return first;
  return `${first}\nnot archived, as something is wrong:\n${formatViolations(violations)}`;
}
