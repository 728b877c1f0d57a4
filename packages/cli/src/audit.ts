import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type AuditReport, auditReport, openDatabase, parseConfig, runAudit } from "@credits-kit/bff";
import { askRunningProcess } from "./control-socket.ts";
import { DataDirInUseError, lockDataDir } from "./data-dir.ts";

/**
 * Audits the configured database. While the product runs on the embedded one, the running process does it, as nobody
 * else may open its files.
 */
export async function auditConfigured(environment: NodeJS.ProcessEnv): Promise<AuditReport> {
  const { database: target, dataDir } = parseConfig(environment);
  if (target.kind === "postgres") {
    return auditAndClose({ ...target, maxConnections: 2, onConnectionError: () => undefined });
  }
  if (!(await exists(join(target.directory, "PG_VERSION")))) return { pools: 0, entries: 0, violations: [] };
  try {
    const lock = await lockDataDir(dataDir);
    try {
      return await auditAndClose(target);
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    return auditReport.parse(await askRunningProcess(dataDir, "audit"));
  }
}

async function auditAndClose(target: Parameters<typeof openDatabase>[0]): Promise<AuditReport> {
  const database = await openDatabase(target);
  try {
    return await runAudit(database);
  } finally {
    await database.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
