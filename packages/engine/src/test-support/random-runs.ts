import fc from "fast-check";
import type { Taken } from "./reference-model.ts";
import { anyHistory } from "./random-commands.ts";

/**
 * Checks a property of random histories: of `numRuns` of them, or of as many as it takes to try
 * `CREDITS_KIT_RANDOM_COMMANDS` commands. A failure prints the shortest history that shows it and the seed;
 * `CREDITS_KIT_SEED` runs that seed again.
 * @returns what was tried, for the test's report.
 */
export function checkHistories(numRuns: number, holds: (history: readonly Taken[]) => void): string {
  const wanted = Number(process.env["CREDITS_KIT_RANDOM_COMMANDS"] ?? 0);
  const firstSeed = Number(process.env["CREDITS_KIT_SEED"] ?? Math.floor(Math.random() * 2 ** 31));
  let histories = 0;
  let commands = 0;
  const property = fc.property(anyHistory, (history) => {
    histories += 1;
    commands += history.length;
    holds(history);
  });
  for (let seed = firstSeed; histories === 0 || commands < wanted; seed += 1) {
    const details = fc.check(property, { seed, numRuns });
    if (details.failed) {
      throw new Error(`${fc.defaultReportMessage(details)}\n\nRun it again with CREDITS_KIT_SEED=${seed}`, {
        cause: details.errorInstance,
      });
    }
  }
  return `${commands} random commands in ${histories} histories, seeds from ${firstSeed}`;
}
