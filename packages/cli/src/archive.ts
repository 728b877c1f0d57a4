import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  archiveLedger,
  type ArchiveReport,
  archiveReport,
  ConfigError,
  type Database,
  openDatabase,
  openUnmigrated,
  ownerOfEmbedded,
  ownerOfPostgres,
  parseConfig,
} from "@credits-kit/bff";
import { exists } from "./audit.ts";
import { askRunningProcess } from "./control-socket.ts";
import { DataDirInUseError, lockDataDir } from "./data-dir.ts";

/** What is to be archived, and where to. */
export interface ArchiveRequest {
  /** Entries written before this, in milliseconds since 1970. */
  readonly before: number;
  /** An absolute path. */
  readonly directory: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$/;
const USAGE = "archive takes --before <date, such as 2026-01-01> and --out <directory>";

/** Reads the options of the command line. @throws ConfigError when they do not say what to archive */
export function parseArchiveOptions(options: readonly string[]): ArchiveRequest & { readonly json: boolean } {
  const { before, out, json } = parsed(options);
  const time = before !== undefined && DATE.test(before) ? Date.parse(before) : NaN;
  if (Number.isNaN(time) || out === undefined || out === "") throw new ConfigError([USAGE]);
  return { before: time, directory: resolve(out), json };
}

function parsed(options: readonly string[]): { before?: string; out?: string; json: boolean } {
  try {
    const { values } = parseArgs({
      args: [...options],
      options: {
        before: { type: "string" },
        out: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    return values;
  } catch {
    throw new ConfigError([USAGE]);
  }
}

/**
 * Archives old entries of the configured database. While the product runs on the embedded one, the running process does
 * it, as nobody else may open its files.
 * @throws MigrationError when the schema is not the one of this release
 */
export async function archiveConfigured(
  environment: NodeJS.ProcessEnv,
  request: ArchiveRequest,
): Promise<ArchiveReport> {
  const { database: target, dataDir } = parseConfig(environment);
  if (target.kind === "postgres") {
    const database = await openUnmigrated({
      ...target,
      maxConnections: 2,
      onConnectionError: () => undefined,
    });
    const owner = ownerOfPostgres(target);
    try {
      return await archiveLedger({ database, owner, ...request });
    } finally {
      await Promise.all([database.close(), owner.close()]);
    }
  }
  if (!(await exists(join(target.directory, "PG_VERSION")))) {
    return { pools: 0, entries: 0, file: null, violations: [] };
  }
  try {
    const lock = await lockDataDir(dataDir);
    try {
      const database = await openDatabase(target);
      try {
        return await archiveEmbedded(database, request);
      } finally {
        await database.close();
      }
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    return archiveReport.parse(await askRunningProcess(dataDir, `archive ${JSON.stringify(request)}`));
  }
}

/** Archives old entries of an embedded database that this process has open. */
export function archiveEmbedded(database: Database, request: ArchiveRequest): Promise<ArchiveReport> {
  return archiveLedger({ database, owner: ownerOfEmbedded(database), ...request });
}

/** Reads what another process of this machine asks for. @throws Error when it is not a request */
export function readArchiveRequest(json: string): ArchiveRequest {
  const request: unknown = JSON.parse(json);
  if (typeof request === "object" && request !== null && "before" in request && "directory" in request) {
    const { before, directory } = request;
    if (typeof before === "number" && typeof directory === "string") return { before, directory };
  }
  throw new Error("not a request to archive");
}
