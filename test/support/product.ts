import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { root } from "../runner/commands.ts";
import { freePortPair } from "./ports.ts";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The product as `npm start` runs it, in a process of its own that serves. */
export interface ProductProcess {
  readonly url: string;
  /** Null without demo data. */
  readonly demoUrl: string | null;
  readonly apiKey: string;
  readonly port: number;
  readonly pid: number;
  /** From its beginning until it was ready. */
  readonly startedInMs: number;
  /** What it printed so far, on both streams. */
  output(): string;
  /** Sends a signal; resolves when the process has ended. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
  readonly exited: Promise<Exit>;
  /** Ends it the hard way, unless it has ended. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ProductOptions {
  /** The product's settings; ours are not handed down. Without a DATA_DIR it gets one for its life. */
  readonly env?: Settings;
  /** A free one if left out, with the next one free for the demo. */
  readonly port?: number;
}

export type Settings = Readonly<Record<string, string>>;

const API_KEY = "ck_test_of_a_product_process";
const START_WITHIN_MS = 120_000;
const COMMAND_WITHIN_MS = 60_000;
const INHERITED = ["PATH", "HOME", "TMPDIR", "NODE_OPTIONS", "NODE_COMPILE_CACHE"];

/**
 * Starts the product and waits until it is ready. It ends with this process at the latest, however that ends.
 * @throws Error with all it printed, if it ends before it is ready
 */
export async function startProductProcess(options: ProductOptions = {}): Promise<ProductProcess> {
  const startedAt = performance.now();
  const { env = {}, port = await freePortPair() } = options;
  const folder = env.DATA_DIR ? null : await temporaryFolder();
  const settings = { BOOTSTRAP_API_KEY: API_KEY, LOG_LEVEL: "warn", ...env, PORT: String(port) };
  const cli = new Cli(["start"], { ...settings, ...(folder ? { DATA_DIR: folder.path } : {}) });
  const exited = cli.exited.finally(() => folder?.[Symbol.asyncDispose]());
  const seeds = env.SEED_DEMO === "true" || (!env.SEED_DEMO && !env.DATABASE_URL);
  await cli.said(/^ready \S+\n/m);
  const demoUrl = seeds ? await cli.said(/^demo (\S+)\n/m) : null;
  return {
    url: `http://localhost:${port}`,
    demoUrl,
    apiKey: settings.BOOTSTRAP_API_KEY,
    port,
    pid: cli.pid,
    startedInMs: performance.now() - startedAt,
    output: () => cli.stdout + cli.stderr,
    kill: (signal) => {
      cli.signal(signal);
      return exited;
    },
    exited,
    [Symbol.asyncDispose]: async () => {
      cli.signal("SIGKILL");
      await exited;
    },
  };
}

/** Runs a command of the product's command line to its end: an audit, or a start that is to be refused. */
export async function runProduct(
  args: readonly string[],
  env: Settings = {},
): Promise<Exit & { readonly stdout: string; readonly stderr: string }> {
  const cli = new Cli(args, env);
  const late = () => cli.signal("SIGKILL");
  AbortSignal.timeout(COMMAND_WITHIN_MS).addEventListener("abort", late);
  const exit = await cli.exited;
  return { ...exit, stdout: cli.stdout, stderr: cli.stderr };
}

/** A folder that is removed when it is disposed of, or when this process ends. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "credits-kit-product-"));
  const over = atHardEnd('rm -rf "$1"', path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
      over();
    },
  };
}

/** One process of the product's command line. */
class Cli {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  stdout = "";
  stderr = "";
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;

  constructor(args: readonly string[], settings: Settings) {
    const env: NodeJS.ProcessEnv = { ...settings };
    for (const name of INHERITED) env[name] ??= process.env[name];
    this.#child = spawn(process.execPath, ["packages/cli/src/main.ts", ...args], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (this.#child.pid === undefined) throw new Error("the product's process did not start");
    this.pid = this.#child.pid;
    this.#child.stdout.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    const over = atHardEnd('kill -9 "$1"', String(this.pid));
    this.exited = once(this.#child, "close").then((): Exit => {
      over();
      return { code: this.#child.exitCode, signal: this.#child.signalCode };
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits for a line, and answers the part of it that the pattern takes. */
  async said(line: RegExp): Promise<string> {
    const limit = AbortSignal.timeout(START_WITHIN_MS);
    for (;;) {
      const match = line.exec(this.stdout);
      if (match) return match[1] ?? match[0];
      if (limit.aborted) {
        this.signal("SIGKILL");
        // A wait for its words would be over at once, again and again, and nothing else would have a turn.
        await this.exited;
      }
      const { exitCode, signalCode } = this.#child;
      if (exitCode !== null || signalCode !== null) {
        const { code, signal } = await this.exited;
        throw new Error(
          `ended with ${signal ?? `code ${code}`} before ${line}:\n${this.stdout}${this.stderr}`,
        );
      }
      const said = once(this.#child.stdout, "data", { signal: limit }).catch(() => undefined);
      await Promise.race([said, this.exited]);
    }
  }
}

/**
 * Has a command of the shell carried out if this process ends before the answered function was called, SIGKILL
 * included: a shell waits for its input to close, which an exit handler would not live to do.
 */
function atHardEnd(command: string, argument: string): () => void {
  const script = `read -r word; [ "$word" = over ] || ${command}`;
  const guard = spawn("/bin/sh", ["-c", script, "guard", argument], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return () => void guard.stdin.end("over\n");
}
