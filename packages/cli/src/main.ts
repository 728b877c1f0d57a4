import {
  ConfigError,
  formatArchive,
  formatAudit,
  formatReconciliation,
  MigrationError,
} from "@credits-kit/bff";
import { archiveConfigured, parseArchiveOptions } from "./archive.ts";
import { auditConfigured } from "./audit.ts";
import { NoAnswerError } from "./control-socket.ts";
import { DataDirInUseError } from "./data-dir.ts";
import { reconcileConfigured } from "./reconcile.ts";
import { startProduct } from "./start.ts";

/** Past this, a stop that hangs is ended; everything acknowledged is committed by then. */
const STOP_WITHIN_MS = 4_500;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** What a person can ask for on the command line. */
const commands: Readonly<Record<string, (options: readonly string[]) => Promise<void>>> = {
  async start() {
    const product = await startProduct(process.env, say);
    let stopping = false;
    const stop = (): void => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      product.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    // Whoever waits for these lines may stop us the moment they are out.
    say(`ready ${product.url}`);
    if (product.demoUrl !== null) say(`demo ${product.demoUrl}`);
  },

  async audit(options) {
    const report = await auditConfigured(process.env);
    say(options.includes("--json") ? JSON.stringify(report) : formatAudit(report));
    process.exitCode = report.violations.length > 0 ? 1 : 0;
  },

  async reconcile(options) {
    const report = await reconcileConfigured(process.env);
    const nothing = "there is no database yet, so that there is nothing to compare";
    if (options.includes("--json")) say(JSON.stringify(report));
    else say(report ? formatReconciliation(report) : nothing);
    process.exitCode = (report?.open.length ?? 0) > 0 ? 1 : 0;
  },

  async archive(options) {
    const { json, ...request } = parseArchiveOptions(options);
    const report = await archiveConfigured(process.env, request);
    say(json ? JSON.stringify(report) : formatArchive(report));
    process.exitCode = report.violations.length > 0 ? 1 : 0;
  },
};

function fail(error: unknown): never {
  complain(explain(error));
  process.exit(1);
}

/** What the operator can mend in one line; what only we can mend with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if (error instanceof ConfigError || error instanceof DataDirInUseError) return error.message;
  if (error instanceof NoAnswerError) return error.message;
  if ("code" in error && error.code === "EADDRINUSE") {
    return `${error.message}. Set PORT to another one; the demo takes the one after it.`;
  }
  if (error instanceof MigrationError) {
    return `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ""}`;
  }
  if ("code" in error && error.code === "ECONNREFUSED")
    return `The database cannot be reached: ${error.message}`;
  return error.stack ?? error.message;
}

const [name = "start", ...options] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) await command(options).catch(fail);
else fail(new ConfigError([`unknown command ${name}: there are ${Object.keys(commands).join(", ")}`]));
