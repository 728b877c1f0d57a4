import { existsSync } from "node:fs";
import { join } from "node:path";
import type { OwnPostgres } from "../support/postgres.ts";
import { debianDirectories } from "../support/postgres-binaries.ts";
import { run, whereIs } from "../support/processes.ts";

export interface TpcbOptions {
  postgres: OwnPostgres;
  clients: number;
  seconds: number;
}

const scale = 10;
const databases = new WeakMap<OwnPostgres, Promise<string>>();

/** pgbench's TPC-B with prepared statements on the same server, or null where there is no pgbench. */
export async function runTpcb(options: TpcbOptions): Promise<{ tps: number } | null> {
  const { postgres, clients, seconds } = options;
  const pgbench = await findPgbench(postgres.binDir);
  if (!pgbench) return null;
  const database = databases.get(postgres) ?? initialised(postgres, pgbench);
  databases.set(postgres, database);
  const load = ["-M", "prepared", "-c", String(clients), "-j", "2", "-n", "-T", String(seconds)];
  const { stdout } = await run(pgbench, [...load, await database]);
  return { tps: readTps(stdout) };
}

/** Reads the rate out of what pgbench prints: "tps = 4750.123 (without initial connection time)". */
export function readTps(printed: string): number {
  const tps = /^tps = ([\d.]+)/m.exec(printed)?.[1];
  if (!tps) throw new Error(`pgbench printed no tps: ${printed}`);
  return Number(tps);
}

async function initialised(postgres: OwnPostgres, pgbench: string): Promise<string> {
  const url = await postgres.createDatabase();
  await run(pgbench, ["-i", "-q", "-s", String(scale), url]);
  return url;
}

/** The embedded Postgres brings no pgbench; that of the system talks to it as well. */
async function findPgbench(binDir: string): Promise<string | null> {
  const candidates = [binDir, ...debianDirectories()].map((directory) => join(directory, "pgbench"));
  return candidates.find((candidate) => existsSync(candidate)) ?? (await whereIs("pgbench"));
}
