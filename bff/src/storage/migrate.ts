import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import * as catalogue from "./migrations/0001-catalogue.ts";
import * as customers from "./migrations/0002-customers.ts";
import * as money from "./migrations/0003-money.ts";
import * as guard from "./migrations/0004-guard.ts";
import * as roles from "./migrations/0005-roles.ts";
import * as everyCommand from "./migrations/0006-every-command.ts";
import * as wholeGuard from "./migrations/0007-guard.ts";
import * as moreRoles from "./migrations/0008-roles.ts";
import * as seals from "./migrations/0009-seals.ts";
import * as checkpoints from "./migrations/0010-checkpoints.ts";
import * as testClocks from "./migrations/0011-test-clocks.ts";
import * as rates from "./migrations/0012-rates.ts";
import * as recurring from "./migrations/0013-recurring.ts";
import * as usageRollups from "./migrations/0014-usage-rollups.ts";
import * as jobs from "./migrations/0015-jobs.ts";
import * as exports from "./migrations/0016-exports.ts";
import * as topUps from "./migrations/0017-top-ups.ts";
import * as autoTopUps from "./migrations/0018-auto-top-ups.ts";
import * as refundsAndInvoices from "./migrations/0019-refunds-and-invoices.ts";
import * as autoTopUpInvoices from "./migrations/0020-auto-top-up-invoices.ts";
import * as notificationPreferences from "./migrations/0021-notification-preferences.ts";
import * as ordersLookedAt from "./migrations/0022-orders-looked-at.ts";
import * as dueRules from "./migrations/0023-due-rules.ts";
import type { Tables } from "./tables.ts";

/** Numbered and immutable: a migration that was ever released is never edited, a new one follows. */
const MIGRATIONS: Record<string, Migration> = {
  "0001-catalogue": catalogue,
  "0002-customers": customers,
  "0003-money": money,
  "0004-guard": guard,
  "0005-roles": roles,
  "0006-every-command": everyCommand,
  "0007-guard": wholeGuard,
  "0008-roles": moreRoles,
  "0009-seals": seals,
  "0010-checkpoints": checkpoints,
  "0011-test-clocks": testClocks,
  "0012-rates": rates,
  "0013-recurring": recurring,
  "0014-usage-rollups": usageRollups,
  "0015-jobs": jobs,
  "0016-exports": exports,
  "0017-top-ups": topUps,
  "0018-auto-top-ups": autoTopUps,
  "0019-refunds-and-invoices": refundsAndInvoices,
  "0020-auto-top-up-invoices": autoTopUpInvoices,
  "0021-notification-preferences": notificationPreferences,
  "0022-orders-looked-at": ordersLookedAt,
  "0023-due-rules": dueRules,
};

/** The migrations of this release, in order. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

/** The database was written by a newer release, or a migration failed. The message is for the operator. */
export class MigrationError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause });
    this.name = "MigrationError";
  }
}

/**
 * Brings the schema up to date. Any number of processes may start at once: one migrates under an advisory lock, the
 * others wait. All of it is one transaction, so that an interrupted start leaves nothing half done.
 * @throws MigrationError when a migration fails, or the schema is newer than this release.
 */
export async function migrate(owner: Kysely<Tables>): Promise<string[]> {
  const migrator = new Migrator({
    db: owner,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  const unknown = await newerMigrations(owner);
  if (unknown.length > 0) {
    throw new MigrationError(`the database is newer than this release: it has ${unknown.join(", ")}`, null);
  }
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find((result) => result.status === "Error")?.migrationName;
    throw new MigrationError(`migration ${failed ?? "could not start"} failed`, error);
  }
  return (results ?? []).map((result) => result.migrationName);
}

async function newerMigrations(owner: Kysely<Tables>): Promise<string[]> {
  const tables = await owner.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    owner,
  );
  return rows.map((row) => row.name).filter((name) => !(name in MIGRATIONS));
}
