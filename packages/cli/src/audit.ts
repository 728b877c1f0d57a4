import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type AuditReport,
  auditReport,
  type Database,
  openDatabase,
  openUnmigrated,
  parseConfig,
  runAudit,
} from "@credits-kit/bff";
import { askRunningProcess } from "./control-socket.ts";
import { DataDirInUseError, lockDataDir } from "./data-dir.ts";

/**
 * Audits the configured database, and changes nothing in a Postgres, not even its schema. While the product runs on the embedded one, the running process does it, as nobody
 * else may open its files.
 * @throws MigrationError when the schema is not the one of this release
 */
export async function auditConfigured(environment: NodeJS.ProcessEnv): Promise<AuditReport> {
  const { database: target, dataDir } = parseConfig(environment);
  if (target.kind === "postgres") {
    return auditAndClose(
      await openUnmigrated({ ...target, maxConnections: 2, onConnectionError: () => undefined }),
    );
  }
  if (!(await exists(join(target.directory, "PG_VERSION")))) return { pools: 0, entries: 0, violations: [] };
  try {
    const lock = await lockDataDir(dataDir);
    try {
      return await auditAndClose(await openDatabase(target));
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    return auditReport.parse(await askRunningProcess(dataDir, "audit"));
  }
}

async function auditAndClose(database: Database): Promise<AuditReport> {
  try {
    return await runAudit(database);
  } finally {
    await database.close();
  }
}

/** Whether there is anything at a path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
