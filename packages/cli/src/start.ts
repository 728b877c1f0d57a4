import {
  type Config,
  createLogger,
  openDatabase,
  parseConfig,
  runAudit,
  type Runtime,
  startRuntime,
} from "@credits-kit/bff";
import { createServerClient } from "@credits-kit/client/server";
import { createDemoServer, seedDemo } from "@credits-kit/demo";
import { archiveEmbedded, readArchiveRequest } from "./archive.ts";
import { startSandboxUnlessConfigured } from "./sandbox.ts";
import { ClosingStack } from "./closing-stack.ts";
import { serveControlSocket } from "./control-socket.ts";
import { lockDataDir, makePrivateFolder } from "./data-dir.ts";
import { findServerKey } from "./server-key.ts";
import { ensureWidgetBundles } from "./widget-bundles.ts";

/** What a started product needs to be told apart from others, and how it ends. */
export interface Product {
  readonly url: string;
  readonly demoUrl: string | null;
  close(): Promise<void>;
}

/** Where lines for a person go. */
export type Say = (line: string) => void;

const MAX_CONNECTIONS = 12;

/**
 * Starts the product: database, BFF and, with demo data, the demo on the next port. What was opened is closed again if
 * a later step fails.
 */
export async function startProduct(environment: NodeJS.ProcessEnv, say: Say): Promise<Product> {
  // On a laptop, a line a request would bury what a person looks for.
  const quiet = environment.DATABASE_URL ? environment : { LOG_LEVEL: "warn", ...environment };
  const { port } = parseConfig(quiet);
  const closing = new ClosingStack();
  try {
    const sandbox = await startSandboxUnlessConfigured(quiet, { port: port + 2 });
    if (sandbox) closing.add(() => sandbox.close());
    const config = withDemoOrigin(parseConfig({ ...quiet, ...sandbox?.environment }));
    const logger = createLogger(config.logLevel);
    if (config.database.kind === "pglite") {
      const lock = await lockDataDir(config.dataDir);
      closing.add(() => lock.release());
      await makePrivateFolder(config.database.directory);
    }
    let running: Runtime | null = null;
    const cdn = await ensureWidgetBundles();
    const database = await openDatabase(
      config.database.kind === "pglite"
        ? config.database
        : {
            ...config.database,
            maxConnections: MAX_CONNECTIONS,
            onConnectionError: (error) => logger.warn({ name: error.name }, "a database connection was lost"),
          },
    );
    closing.add(() => database.close());
    if (config.database.kind === "pglite") {
      closing.add(
        await serveControlSocket(config.dataDir, {
          audit: () => runAudit(database),
          reconcile: () => {
            if (!running) throw new Error("it is still starting");
            return running.reconcile();
          },
          archive: (argument) => archiveEmbedded(database, readArchiveRequest(argument)),
        }),
      );
    }
    const serverKey = await findServerKey(database, config);
    const runtime = await startRuntime({ config, database, logger, cdn });
    closing.add(() => runtime.close());
    running = runtime;
    sandbox?.tell(`http://127.0.0.1:${runtime.port}/stripe/webhook`);
    if (serverKey.path !== null) say(`server key in ${serverKey.path}`);
    const demoUrl = config.seedDemo
      ? await startDemo({
          port: runtime.port,
          publicUrl: config.publicUrl,
          apiKey: serverKey.key,
          sandboxUrl: sandbox?.url ?? null,
          host: config.demoHost,
          closing,
        })
      : null;
    return { url: config.publicUrl, demoUrl, close: () => closing.close() };
  } catch (error) {
    // What went wrong first is what is told.
    await closing.close().catch(() => undefined);
    throw error;
  }
}

/** The demo's page calls the BFF from an origin of its own, which nobody should have to configure. */
function withDemoOrigin(config: Config): Config {
  if (!config.seedDemo || config.allowedOrigins === "local") return config;
  return { ...config, allowedOrigins: [...config.allowedOrigins, `http://localhost:${config.port + 1}`] };
}

async function startDemo(options: {
  port: number;
  publicUrl: string;
  apiKey: string;
  sandboxUrl: string | null;
  host: string;
  closing: ClosingStack;
}): Promise<string> {
  const { port, publicUrl, apiKey, sandboxUrl, host, closing } = options;
  // Seeding must not depend on whether this machine can reach its own public address.
  await seedDemo({ client: createServerClient({ baseUrl: `http://localhost:${port}`, apiKey }) });
  const demo = createDemoServer({ serverUrl: publicUrl, apiKey, sandboxUrl, host });
  const demoPort = await demo.listen(port + 1);
  closing.add(() => demo.close());
  return `http://localhost:${demoPort}`;
}
