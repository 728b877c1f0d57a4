import { startSweeper } from "../../../bff/src/jobs/sweeper.ts";
import { grant } from "../../../bff/src/pools/test-support/commands.ts";
import { seedCustomers } from "../../../bff/src/storage/test-support/seed-customers.ts";
import type { BenchCase, BenchContext } from "../context.ts";
import { asOwner } from "../owner.ts";
import { round } from "../report.ts";
import { applyAll, openWritePath, type WritePath } from "../write-path.ts";

const CUSTOMERS = 10_000;
const BUDGET_SECONDS = 30;
/** What falls due comes all at once, this long after it was written. */
const AHEAD_MS = 60_000;

/** Ten thousand customers with whom something falls due at the same moment: until all of it is in the ledger. */
export const due: BenchCase = {
  name: "due",
  async run(context) {
    const changing = await measure(context, { name: "an activation and an expiry each", prepare: grantAll });
    const recurring = await measure(context, { name: "a period's credits each", prepare: subscribeAll });
    return {
      customers: CUSTOMERS,
      activationsAndExpiriesSeconds: round(changing),
      recurringGrantsSeconds: round(recurring),
      budgetSeconds: BUDGET_SECONDS,
    };
  },
};

interface Load {
  readonly name: string;
  /** Makes something fall due with every customer, `AHEAD_MS` from now at the earliest. */
  readonly prepare: (path: WritePath, url: string) => Promise<void>;
}

async function measure({ postgres, log }: BenchContext, { name, prepare }: Load): Promise<number> {
  const url = await postgres.createDatabase();
  const path = await openWritePath(url);
  try {
    await seedCustomers(path.database, CUSTOMERS);
    await prepare(path, url);
    await asOwner(url, (owner) => owner.query("vacuum analyze"));
    const before = await countEntries(path);
    const sweeper = startSweeper({ ...path, onError: (error) => log(String(error)) });
    const began = performance.now();
    const settled = await sweeper.drain();
    const seconds = (performance.now() - began) / 1000;
    await sweeper.close();
    if (settled !== CUSTOMERS) throw new Error(`${settled} customers were settled instead of ${CUSTOMERS}`);
    log(`${name}: ${(await countEntries(path)) - before} entries in ${seconds.toFixed(1)} s`);
    return seconds;
  } finally {
    await path.close();
  }
}

/** Two grants each: one ends at the moment at which the other one begins. */
async function grantAll({ pools }: WritePath): Promise<void> {
  const at = Date.now() + AHEAD_MS;
  const customers = Array.from({ length: CUSTOMERS }, (_, n) => `cus_${n}`);
  await applyAll(
    pools,
    customers.flatMap((customerId) => [
      grant(customerId, 5n, { expiresAt: at }),
      grant(customerId, 3n, { effectiveAt: at }),
    ]),
  );
  await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
}

/** A subscription each whose plan brings credits every month, with the first of them due. */
async function subscribeAll({ database }: WritePath, url: string): Promise<void> {
  const included = {
    ...{ credits: "100", every: "month", rollover: "none" },
    ...{ priority: 0, costBasis: null, perSeat: false },
  };
  await asOwner(url, (owner) =>
    owner.query("update plan_versions set included = $1", [JSON.stringify(included)]),
  );
  await database.writer
    .updateTable("subscriptions")
    .set((value) => ({ anchor_at: value.ref("starts_at"), next_period_at: value.ref("starts_at") }))
    .execute();
}

async function countEntries({ database }: WritePath): Promise<number> {
  const row = await database.writer
    .selectFrom("pools")
    .select((value) => value.fn.sum<string | null>("seq").as("entries"))
    .executeTakeFirst();
  return Number(row?.entries ?? 0);
}
