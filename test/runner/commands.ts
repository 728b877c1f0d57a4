import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Our tools first on PATH, so that each runs on the Node the project pins, also without npm around us. */
const toolPath = [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter);

/** Runs a program from the repository's root with its output on ours; rejects when it fails. */
export function runCommand(line: string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
  return run(line, env);
}

/** The same beside others: what it prints is printed in one piece when it has ended. */
export async function runCommandAside(line: string[]): Promise<void> {
  const output: Buffer[] = [];
  try {
    await run(line, {}, output);
  } finally {
    process.stdout.write(Buffer.concat(output));
  }
}

async function run(line: string[], env: NodeJS.ProcessEnv, output?: Buffer[]): Promise<void> {
  const [program = "", ...args] = line;
  const stdio = output ? "pipe" : "inherit";
  const child = spawn(program, args, {
    cwd: root,
    stdio: ["ignore", stdio, stdio],
    env: { ...process.env, ...env, PATH: toolPath },
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (piece: Buffer) => output?.push(piece));
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", pass).on("SIGTERM", pass);
  try {
    await new Promise<void>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        if (code === 0) resolve();
        else reject(new Error(`${program} ended with ${signal ?? `code ${code}`}`));
      });
    });
  } finally {
    process.off("SIGINT", pass).off("SIGTERM", pass);
  }
}
