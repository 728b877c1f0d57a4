import { spawn } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, dropDatabase, serverVersion } from "./databases.ts";
import { freePort } from "./ports.ts";
import { findPostgres, reachableBy, serverAccount, type Account } from "./postgres-binaries.ts";
import { run } from "./processes.ts";

export interface PostgresOptions {
  /** Keep fsync and full page writes on, as benches and fault tests need. */
  durable?: boolean;
}

export interface TestPostgres {
  /** Url of a superuser on the database `postgres`. */
  adminUrl: string;
  version: string;
  createDatabase(): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  stop(): Promise<void>;
}

export interface OwnPostgres extends TestPostgres {
  binDir: string;
  /** Ends the server at once, without a checkpoint: the next start recovers from the log, as after a crash. */
  immediateStop(): Promise<void>;
  /** Starts the server again after `immediateStop`, on the same data, port and url. */
  start(): Promise<void>;
}

interface Cluster {
  directory: string;
  binDir: string;
  account: Account | undefined;
  settings: Record<string, string | number>;
}

/** The server the test run started for everybody (TEST_POSTGRES_URL), or one of our own when there is none. */
export async function testPostgres(): Promise<TestPostgres> {
  const adminUrl = process.env["TEST_POSTGRES_URL"];
  if (!adminUrl) return startPostgres();
  const stop = async () => {};
  return { ...(await serverAt(adminUrl)), stop };
}

/** Starts a Postgres of its own in a temporary directory; both end with `stop` or with this process. */
export async function startPostgres(options: PostgresOptions = {}): Promise<OwnPostgres> {
  const found = await findPostgres();
  const account = serverAccount();
  const directory = await mkdtemp(join(tmpdir(), "credits-kit-pg-"));
  const stop = cleanUpAfter(directory);
  try {
    if (account) await chown(directory, account.uid, account.gid);
    const binDir = await reachableBy(account, found, directory);
    const settings = settingsOf(directory, await freePort(), options.durable ?? false);
    const cluster = { directory, binDir, account, settings };
    await initialise(cluster);
    await start(cluster);
    const adminUrl = `postgres://postgres@127.0.0.1:${settings.port}/postgres`;
    return {
      ...(await serverAt(adminUrl)),
      binDir,
      stop,
      immediateStop: () => control(cluster, ["stop", "-m", "immediate"]),
      start: () => start(cluster),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function serverAt(adminUrl: string) {
  return {
    adminUrl,
    version: await serverVersion(adminUrl),
    createDatabase: () => createDatabase(adminUrl),
    dropDatabase: (url: string) => dropDatabase(adminUrl, url),
  };
}

function settingsOf(directory: string, port: number, durable: boolean): Cluster["settings"] {
  const forSpeed: Cluster["settings"] = durable ? {} : { fsync: "off", full_page_writes: "off" };
  return {
    ...forSpeed,
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: directory,
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    max_connections: 100,
    timezone: "UTC",
  };
}

async function initialise(cluster: Cluster): Promise<void> {
  const data = join(cluster.directory, "data");
  await mkdir(data, { mode: 0o700 });
  if (cluster.account) await chown(data, cluster.account.uid, cluster.account.gid);
  const flags = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"];
  await runAsServer(cluster, "initdb", ["-D", data, ...flags]);
}

async function start(cluster: Cluster): Promise<void> {
  const options = Object.entries(cluster.settings).map(([name, value]) => `-c ${name}=${value}`);
  const log = join(cluster.directory, "log");
  try {
    await control(cluster, ["start", "-l", log, "-o", options.join(" ")]);
  } catch (cause) {
    const said = await readFile(log, "utf8").catch(() => "it left no log");
    throw new Error(`Postgres did not start: ${said.slice(-2000)}`, { cause });
  }
}

async function control(cluster: Cluster, args: string[]): Promise<void> {
  await runAsServer(cluster, "pg_ctl", [...args, "-w", "-D", join(cluster.directory, "data")]);
}

async function runAsServer(cluster: Cluster, program: string, args: string[]): Promise<void> {
  const { account, binDir, directory } = cluster;
  await run(join(binDir, program), args, { ...account, cwd: directory, env: { LC_ALL: "C" } });
}

/**
 * A guard process waits for its input to close, which happens on `stop` and on any end of this process, SIGKILL
 * included; then it ends the server and removes the directory. An exit handler would miss the hard ends.
 */
function cleanUpAfter(directory: string): () => Promise<void> {
  // The lock file tells the end rather than the process id: where process 1 reaps nobody, that stays taken.
  const script = `
    read -r _
    lock="$1/data/postmaster.pid"
    pid=$(head -n 1 "$lock" 2>/dev/null)
    tries=200
    kill -QUIT "$pid" 2>/dev/null && while [ -e "$lock" ] && [ "$tries" -gt 0 ]; do
      sleep 0.05
      tries=$((tries - 1))
    done
    rm -rf "$1"`;
  const guard = spawn("/bin/sh", ["-c", script, "guard", directory], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return async () => {
    if (guard.exitCode !== null) return;
    guard.ref();
    const ended = once(guard, "exit");
    guard.stdin.end();
    await ended;
  };
}
