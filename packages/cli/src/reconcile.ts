import { join } from "node:path";
import {
  createLogger,
  openDatabase,
  parseConfig,
  type Reconciliation,
  reconcileOnce,
  reconciliation,
} from "@credits-kit/bff";
import { exists } from "./audit.ts";
import { askRunningProcess } from "./control-socket.ts";
import { DataDirInUseError, lockDataDir } from "./data-dir.ts";

/**
 * Compares Stripe's payments with the ledger, and repairs what is safe. While the product runs on the embedded database,
 * the running process does it, as nobody else may open its files.
 */
export async function reconcileConfigured(environment: NodeJS.ProcessEnv): Promise<Reconciliation | null> {
  const config = parseConfig(environment);
  const { database: target, dataDir } = config;
  const logger = createLogger(config.logLevel);
  if (target.kind === "postgres") {
    const database = await openDatabase({ ...target, maxConnections: 4, onConnectionError: () => undefined });
    return reconcileOnce({ config, database, logger }).finally(() => database.close());
  }
  if (!(await exists(join(target.directory, "PG_VERSION")))) return null;
  try {
    const lock = await lockDataDir(dataDir);
    try {
      const database = await openDatabase(target);
      return await reconcileOnce({ config, database, logger }).finally(() => database.close());
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (!(error instanceof DataDirInUseError)) throw error;
    return reconciliation.parse(await askRunningProcess(dataDir, "reconcile"));
  }
}
