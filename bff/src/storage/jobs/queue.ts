import type { ConstructorOptions, PgBoss } from "pg-boss";
import type { Database } from "../database.ts";
import { queueDatabase } from "./queue-database.ts";
import { JOBS_SCHEMA } from "./schema.ts";

/** Something that is done now and then, by one replica each time. */
export interface Schedule {
  readonly name: string;
  /** When: minute, hour, day of the month, month, day of the week, in UTC. */
  readonly cron: string;
  /** @param signal aborted when the process is about to end */
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** Something about a customer that is tried again, later and later, until it works or the tries are used up. */
export interface Retried {
  readonly name: string;
  /** From the first failure to the next try; each delay is twice the one before it, up to an hour. */
  readonly firstDelaySeconds: number;
  readonly tries: number;
  /** What throws is tried again. */
  readonly run: (customerId: string) => Promise<void>;
}

export interface QueueOptions {
  readonly database: Database;
  readonly schedules: readonly Schedule[];
  readonly retried: readonly Retried[];
  readonly onError: (error: unknown) => void;
  /** How often each kind of work is asked for. */
  readonly pollSeconds: number;
  /** How long work in hand gets to end on closing, in milliseconds; at least a second. */
  readonly drainMs: number;
}

/** A queue that works. */
export interface Queue {
  /** Has `Retried` work done for a customer, unless it waits already. */
  retry(name: string, customerId: string): Promise<void>;
  /** Takes nothing new and waits for what is in hand, for the drain time. */
  close(): Promise<void>;
}

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Where work ends up whose tries are used up; kept for a year, for a person to look at. */
export function deadLetterOf(name: string): string {
  return `${name}.dead`;
}

/**
 * Opens the queue over its tables, which a migration made, and begins to work. The queue only wakes: nothing is lost with
 * it that the database's own rows do not tell.
 * @throws Error when the tables cannot be used
 */
export async function openQueue(options: QueueOptions): Promise<Queue> {
  // Loaded late: it takes a while, and nobody who waits for an answer needs it.
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss(settings(options));
  boss.on("error", options.onError);
  const stopping = new AbortController();
  const stop = async (): Promise<void> => {
    stopping.abort();
    await boss.stop({ graceful: true, close: false, timeout: options.drainMs });
  };
  try {
    await boss.start();
    for (const schedule of options.schedules)
      await addSchedule(boss, { schedule, signal: stopping.signal, options });
    for (const retried of options.retried) await addRetried(boss, retried, options);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    retry: async (name, customerId) => {
      await boss.send(name, { customerId }, { singletonKey: customerId });
    },
    close: stop,
  };
}

/** Everything that the library could do by itself to its tables is left to the owner, and it looks around rarely. */
function settings({ database, pollSeconds }: QueueOptions): ConstructorOptions {
  // The library takes no less than a second here, and no more than 45.
  const lookSeconds = Math.min(Math.max(pollSeconds, 1), 30);
  return {
    db: queueDatabase(database),
    schema: JOBS_SCHEMA,
    backend: database.engine,
    migrate: false,
    reindex: false,
    monitorVacuum: false,
    cronMonitorIntervalSeconds: lookSeconds,
    cronWorkerIntervalSeconds: lookSeconds,
    superviseIntervalSeconds: 300,
    monitorIntervalSeconds: 300,
    maintenanceIntervalSeconds: HOUR_SECONDS,
    queueCacheIntervalSeconds: HOUR_SECONDS,
    flowIntervalSeconds: DAY_SECONDS,
  };
}

async function addSchedule(
  boss: PgBoss,
  { schedule, signal, options }: { schedule: Schedule; signal: AbortSignal; options: QueueOptions },
): Promise<void> {
  const { name, cron, run } = schedule;
  // Of occurrences that nobody was there for, one is made up for.
  await boss.createQueue(name, { policy: "exclusive", retryLimit: 0, deleteAfterSeconds: 7 * DAY_SECONDS });
  await boss.schedule(name, cron, {}, { tz: "UTC", missed: "once" });
  await boss.work(name, { pollingIntervalSeconds: options.pollSeconds, batchSize: 1 }, () =>
    told(options, () => run(signal)),
  );
}

async function addRetried(boss: PgBoss, retried: Retried, options: QueueOptions): Promise<void> {
  const { name, tries, firstDelaySeconds, run } = retried;
  const deadLetter = deadLetterOf(name);
  await boss.createQueue(deadLetter, { retentionSeconds: 365 * DAY_SECONDS });
  await boss.createQueue(name, {
    policy: "exclusive",
    retryLimit: tries - 1,
    retryDelay: firstDelaySeconds,
    retryBackoff: true,
    retryDelayMax: HOUR_SECONDS,
    deleteAfterSeconds: 7 * DAY_SECONDS,
    deadLetter,
  });
  await boss.work<{ customerId: string }>(
    name,
    { pollingIntervalSeconds: options.pollSeconds, batchSize: 1 },
    async ([job]) => {
      if (job) await told(options, () => run(job.data.customerId));
    },
  );
}

/** The library keeps what a job failed with; whoever reads the log should see it too. */
async function told({ onError }: QueueOptions, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    onError(error);
    throw error;
  }
}
