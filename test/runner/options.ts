import { parseArgs } from "node:util";

export interface RunOptions {
  /** Names of the steps to run, in the order of the steps themselves. */
  only: string[];
  /** Narrows the node tests to the files that match this glob. */
  files: string | undefined;
}

/** Reads `--only types,node --files 'packages/engine/**'`; refuses a step that does not exist. */
export function parseOptions(args: string[], stepNames: string[]): RunOptions {
  const { values } = parseArgs({ args, options: { only: { type: "string" }, files: { type: "string" } } });
  const only = values.only?.split(",").map((name) => name.trim()) ?? stepNames;
  const unknown = only.filter((name) => !stepNames.includes(name));
  if (unknown.length > 0) {
    throw new Error(`Unknown step ${unknown.join(", ")}; there are: ${stepNames.join(", ")}.`);
  }
  return { only, files: values.files };
}
