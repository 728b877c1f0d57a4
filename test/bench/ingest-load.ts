import { grant } from "../../bff/src/pools/test-support/commands.ts";
import type { PoolFollower } from "../../bff/src/following/pool-follower.ts";
import { startUsageFollower } from "../../bff/src/rollups/follower.ts";
import { reportEvents } from "../../bff/src/services/events/report.ts";
import { seedCustomers } from "../../bff/src/storage/test-support/seed-customers.ts";
import { runCallers } from "./callers.ts";
import { asOwner } from "./owner.ts";
import { applyAll, openWritePath } from "./write-path.ts";

/** How many customers there are: `cus_0` and so on. */
export const CUSTOMERS = 10_000;
const GRANTS_EACH = 3;
/** More than any measurement burns. */
const CREDITS = 1_000_000_000n;
const CALL = {
  actor: { kind: "api_key", id: "key_bench" },
  requestId: "req_bench",
  idempotency: null,
} as const;

export interface Load {
  readonly callers: number;
  readonly batch: number;
  /** One customer takes everything, instead of ten thousand. */
  readonly hot: boolean;
  readonly seconds: number;
}

/** The write path in this process, over a database that `prepareIngest` filled. */
export interface Ingest {
  /** Reports events from so many callers, each waiting for its answer before it calls again. Events a second. */
  run(load: Load): Promise<number>;
  close(): Promise<void>;
}

/** Opens the write path as a replica of the BFF does; usage is summed up behind its back if that is asked for. */
export async function openIngest(url: string, { sumsUp = false } = {}): Promise<Ingest> {
  let follower: PoolFollower | null = null;
  const onCommitted = (customerIds: Iterable<string>): void => follower?.poolsChanged(customerIds);
  const { database, pools, close } = await openWritePath(url, { onCommitted });
  // A follower that fails would make the write path look better than it is: the bench ends with it.
  const onError = (error: unknown): never => {
    throw error;
  };
  if (sumsUp) follower = startUsageFollower({ database, onError });
  let lastId = 0;
  const idsOf = `bench-${process.pid}-${Date.now().toString(36)}`;
  return {
    close: async () => {
      await follower?.close();
      await close();
    },
    run: ({ batch, hot, ...callers }) =>
      runCallers(callers, async () => {
        const events = Array.from({ length: batch }, () => ({
          id: `${idsOf}-${(lastId += 1)}`,
          customerId: anyCustomer(hot),
          featureId: "image",
        }));
        const results = await reportEvents({ pools }, CALL, events);
        const failed = results.find((result) => result.status !== "applied");
        if (failed) throw new Error(`an event of the bench was not applied: ${JSON.stringify(failed)}`);
        return batch;
      }),
  };
}

/** The hot customer, or any one. */
export function anyCustomer(hot: boolean): string {
  return `cus_${hot ? 0 : Math.floor(Math.random() * CUSTOMERS)}`;
}

/** Fills an empty database: ten thousand customers with three grants each. */
export async function prepareIngest(url: string): Promise<void> {
  const { database, pools, close } = await openWritePath(url);
  await seedCustomers(database, CUSTOMERS);
  const grants = Array.from({ length: CUSTOMERS * GRANTS_EACH }, (_, n) =>
    grant(`cus_${n % CUSTOMERS}`, CREDITS),
  );
  await applyAll(pools, grants);
  await close();
  await asOwner(url, (owner) => owner.query("vacuum analyze"));
}
