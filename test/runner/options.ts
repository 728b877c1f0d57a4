import { parseArgs } from "node:util";

export interface RunOptions {
  /** Names of the steps to run, in the order of the steps themselves. */
  only: string[];
  /** Narrows the node tests to the files that match this glob. */
  files: string | undefined;
  /** What everything random in the node tests begins with. */
  seed: number;
}

/** The seed of a run that names none: the same for everybody, so that a run judges a change and not its luck. */
const USUAL_SEED = 20_261_122;

/**
 * Reads `--only types,node --files 'packages/engine/**' --seed fresh`; refuses a step that does not exist, and a seed that
 * is neither a number nor `fresh`.
 */
export function parseOptions(args: string[], stepNames: string[]): RunOptions {
  const { values } = parseArgs({
    args,
    options: { only: { type: "string" }, files: { type: "string" }, seed: { type: "string" } },
  });
  const only = values.only?.split(",").map((name) => name.trim()) ?? stepNames;
  const unknown = only.filter((name) => !stepNames.includes(name));
  if (unknown.length > 0) {
    throw new Error(`Unknown step ${unknown.join(", ")}; there are: ${stepNames.join(", ")}.`);
  }
  return { only, files: values.files, seed: seedOf(values.seed) };
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return USUAL_SEED;
  if (text === "fresh") return Math.floor(Math.random() * 2 ** 31);
  if (!/^\d{1,10}$/.test(text) || Number(text) >= 2 ** 31) {
    throw new Error(`--seed must be fresh, or a whole number below ${2 ** 31}.`);
  }
  return Number(text);
}
