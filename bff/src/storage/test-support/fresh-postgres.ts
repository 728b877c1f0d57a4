import { randomBytes } from "node:crypto";
import pg from "pg";

/** An empty database of its own on the cluster of `adminUrl`. */
export interface FreshPostgres {
  readonly url: string;
  drop(): Promise<void>;
}

/** Creates an empty database on a test cluster. */
export async function freshPostgres(adminUrl: string): Promise<FreshPostgres> {
  const name = `ck_test_${randomBytes(6).toString("hex")}`;
  await execute(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(adminUrl, `drop database if exists ${name} with (force)`) };
}

/** Cuts every connection to a database, as a failover does. */
export async function cutConnections(url: string): Promise<void> {
  await execute(
    url,
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
