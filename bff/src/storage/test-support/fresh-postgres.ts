import { randomBytes } from "node:crypto";
import pg from "pg";

/** A database of its own on the cluster of `adminUrl`. */
export interface FreshPostgres {
  readonly url: string;
  drop(): Promise<void>;
}

/** Creates a database on a test cluster: a copy of the one that TEST_POSTGRES_TEMPLATE names, else an empty one. */
export async function freshPostgres(adminUrl: string): Promise<FreshPostgres> {
  const name = `ck_test_${randomBytes(6).toString("hex")}`;
  const template = process.env["TEST_POSTGRES_TEMPLATE"];
  await execute(adminUrl, `create database ${name}${template ? ` template ${template}` : ""}`);
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
