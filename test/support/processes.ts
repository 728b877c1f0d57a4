import { execFile } from "node:child_process";
import { promisify } from "node:util";

export const run = promisify(execFile);

/** What a command printed, or null when it is absent or fails; never throws. */
export async function outputOf(command: string, args: string[]): Promise<string | null> {
  try {
    const { stdout } = await run(command, args, { timeout: 20_000 });
    return stdout.trim();
  } catch {
    return null;
  }
}

/** The full path of a program on PATH, or null. */
export async function whereIs(program: string): Promise<string | null> {
  return (await outputOf("/bin/sh", ["-c", 'command -v "$1"', "sh", program])) || null;
}
