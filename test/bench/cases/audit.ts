import type pg from "pg";
import { runAudit } from "../../../bff/src/audit/run-audit.ts";
import { startSealer } from "../../../bff/src/sealing/sealer.ts";
import type { Database } from "../../../bff/src/storage/database.ts";
import { seedCustomers } from "../../../bff/src/storage/test-support/seed-customers.ts";
import type { BenchCase } from "../context.ts";
import { entriesOf, type HistoryShape } from "../histories/shape.ts";
import { writeHistories } from "../histories/write-histories.ts";
import { readLoadAverage } from "../machine.ts";
import { asOwner } from "../owner.ts";
import { round } from "../report.ts";
import { measured, measureRounds } from "../rounds.ts";
import { median, spreadOf } from "../statistics.ts";
import { openWritePath } from "../write-path.ts";

/** A customer's life of a hundred entries: ten grants, of which nine are used up. */
const LIFE: HistoryShape = { reserves: 1, cycles: 9, cycleLength: 11 };
const MILLION = 1_000_000;

/** An audit of many customers with a short history each, sealed to the last entry, as `npm run audit` does it. */
export const audit: BenchCase = {
  name: "audit",
  async run(context) {
    const { postgres, log } = context;
    const url = await postgres.createDatabase();
    const { database, close } = await openWritePath(url);
    const customers = Math.ceil(context.entries / entriesOf(LIFE));
    await seedCustomers(database, customers);
    const customerIds = Array.from({ length: customers }, (_, index) => `cus_${index}`);
    const entries = await asOwner(url, async (owner) => {
      const written = await writeHistories(owner, { customerIds, creditTypeId: "tok", shape: LIFE });
      await owner.query("vacuum analyze");
      return written;
    });
    log(`${entries} entries of ${customers} customers`);
    const sealingSeconds = await sealAll(database);
    const sealed = await asOwner(url, countSealed);
    if (sealed !== entries) throw new Error(`only ${sealed} of ${entries} entries are sealed`);
    log(`sealed in ${round(sealingSeconds)} s`);

    const loadAverages: number[] = [];
    const once = async (): Promise<number> => {
      const startedAt = performance.now();
      const report = await runAudit(database);
      const seconds = (performance.now() - startedAt) / 1000;
      if (report.entries !== entries)
        throw new Error(`the audit saw ${report.entries} of ${entries} entries`);
      const [violation] = report.violations;
      if (violation) throw new Error(`the audit found fault with the bench: ${JSON.stringify(violation)}`);
      loadAverages.push(readLoadAverage());
      return seconds;
    };
    const samples = await measureRounds(context, { audit: once }, " s");
    await close();

    const seconds = measured(samples("audit"));
    const perMillion = seconds.map((each) => (each / entries) * MILLION);
    return {
      entries,
      customers,
      seconds: round(median(seconds)),
      secondsPerMillion: round(median(perMillion)),
      secondsPerMillionSpread: spreadOf(perMillion.map(round)),
      budgetSecondsPerMillion: 30,
      entriesPerSecond: round(entries / median(seconds)),
      sealingSecondsPerMillion: round((sealingSeconds / entries) * MILLION),
      loadAverageAfterEach: loadAverages,
    };
  },
};

/** Seals everything, without the rests that the product takes meanwhile. Seconds. */
async function sealAll(database: Database): Promise<number> {
  const startedAt = performance.now();
  const sealer = startSealer({ database, onError: () => undefined });
  await sealer.drain();
  await sealer.close();
  return (performance.now() - startedAt) / 1000;
}

async function countSealed(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ entries: string }>(
    "select coalesce(sum(to_seq - from_seq + 1), 0) as entries from ledger_seals",
  );
  return Number(rows[0]?.entries);
}
