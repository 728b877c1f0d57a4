import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Our tools first on PATH, so that each runs on the Node the project pins, also without npm around us. */
const toolPath = [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter);

/** Runs a program from the repository's root with its output on ours; rejects when it fails. */
export async function runCommand(line: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  const [program = "", ...args] = line;
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env, PATH: toolPath },
  });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", pass).on("SIGTERM", pass);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", (code, signal) => {
        if (code === 0) resolve();
        else reject(new Error(`${program} ended with ${signal ?? `code ${code}`}`));
      });
    });
  } finally {
    process.off("SIGINT", pass).off("SIGTERM", pass);
  }
}
