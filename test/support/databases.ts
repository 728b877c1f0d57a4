import { randomBytes } from "node:crypto";
import pg from "pg";

/** Creates an empty database on the server of `adminUrl` and answers its url. */
export async function createDatabase(adminUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await execute(adminUrl, `create database ${name}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops a database that `createDatabase` made, closing whatever is still connected to it. */
export async function dropDatabase(adminUrl: string, url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await execute(adminUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

/** The version a server states, for example "15.14". */
export async function serverVersion(adminUrl: string): Promise<string> {
  const [row] = await execute<{ version: string }>(
    adminUrl,
    "select split_part(current_setting('server_version'), ' ', 1) as version",
  );
  return row?.version ?? "unknown";
}

async function execute<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
