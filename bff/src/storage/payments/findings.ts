import { type Insertable, type Kysely, type Selectable, sql } from "kysely";
import type { ReconciliationFindingsTable, ReconciliationRunsTable } from "../payment-tables.ts";
import type { Tables } from "../tables.ts";

export type FindingRow = Selectable<ReconciliationFindingsTable>;
export type NewFinding = Omit<Insertable<ReconciliationFindingsTable>, "repaired_at">;
export type RunRow = Selectable<ReconciliationRunsTable>;

const MOST_SHOWN = 200;
const RUN = "payments";

/** Notes what does not fit. Since when stays; what had been repaired stands again. @returns whether it is news */
export async function noteFinding(db: Kysely<Tables>, finding: NewFinding): Promise<boolean> {
  const { rows } = await sql<{ is_news: boolean }>`
    insert into reconciliation_findings
      (finding_id, kind, customer_id, top_up_id, object_id, amount_minor, currency, credits, detail, since)
    values (${finding.finding_id}, ${finding.kind}, ${finding.customer_id}, ${finding.top_up_id}, ${finding.object_id},
      ${finding.amount_minor ?? null}, ${finding.currency}, ${finding.credits ?? null}, ${finding.detail},
      ${finding.since})
    on conflict (finding_id) do update set detail = excluded.detail, repaired_at = null,
      since = case when reconciliation_findings.repaired_at is null
        then reconciliation_findings.since else excluded.since end
    where reconciliation_findings.repaired_at is not null
      or reconciliation_findings.detail is distinct from excluded.detail
    returning (xmax = 0 or since = ${finding.since}) as is_news`.execute(db);
  return rows[0]?.is_news ?? false;
}

/** Notes that what did not fit about an order, or one finding, is put right. */
export async function repairFindings(
  db: Kysely<Tables>,
  { topUpId, findingId, kinds }: { topUpId?: string; findingId?: string; kinds?: readonly string[] },
): Promise<void> {
  let query = db
    .updateTable("reconciliation_findings")
    .set({ repaired_at: sql<Date>`clock_timestamp()` })
    .where("repaired_at", "is", null);
  if (findingId !== undefined) query = query.where("finding_id", "=", findingId);
  if (topUpId !== undefined) query = query.where("top_up_id", "=", topUpId);
  if (kinds !== undefined) query = query.where("kind", "in", kinds);
  await query.execute();
}

/** What stands, and what was put right after a moment; the newest first. */
export async function readFindings(
  db: Kysely<Tables>,
  repairedAfter: Date,
): Promise<{ open: FindingRow[]; repaired: FindingRow[] }> {
  const all = db.selectFrom("reconciliation_findings").selectAll().limit(MOST_SHOWN);
  const open = await all.where("repaired_at", "is", null).orderBy("since", "desc").execute();
  const repaired = await all
    .where("repaired_at", ">", repairedAfter)
    .orderBy("repaired_at", "desc")
    .execute();
  return { open, repaired };
}

export async function readRun(db: Kysely<Tables>): Promise<RunRow | undefined> {
  return db.selectFrom("reconciliation_runs").selectAll().where("name", "=", RUN).executeTakeFirst();
}

/** Keeps how far the comparison has come. */
export async function storeRun(
  db: Kysely<Tables>,
  run: Omit<Insertable<ReconciliationRunsTable>, "name">,
): Promise<void> {
  await db
    .insertInto("reconciliation_runs")
    .values({ name: RUN, ...run })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(run))
    .execute();
}

/** The database's clock. */
export async function readDatabaseClock(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ ms: string }>`
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms`.execute(db);
  return Number(rows[0]?.ms);
}
