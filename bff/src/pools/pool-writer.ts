import { ServiceError } from "../errors.ts";
import type { Database } from "../storage/database.ts";
import type { PoolCommand } from "./command.ts";
import { Lane, type LaneOptions } from "./lane.ts";
import { laneOf } from "./lane-of.ts";
import { Memory } from "./memory.ts";
import type { Outcome } from "./outcome.ts";

/** The one write path: every change of a pool, whoever asks, goes through here. */
export interface PoolWriter {
  /**
   * Carries out commands in the order given for each customer, together with whatever else waits, and answers after
   * the commit, in that order.
   * @throws ServiceError `overloaded` when too much waits; nothing was taken then.
   */
  submit(commands: readonly PoolCommand[]): Promise<Outcome[]>;
  /** Waits for what is in flight; nothing is taken any more. */
  close(): Promise<void>;
}

export interface PoolWriterOptions {
  readonly database: Database;
  /** Told after each commit which customers' pools changed. */
  readonly onCommitted: LaneOptions["onCommitted"];
  readonly onError: LaneOptions["onError"];
  /** One a shard of the database. */
  readonly lanes?: number;
  readonly transactions?: number;
  readonly groupMax?: number;
  readonly waitingMax?: number;
}

// The embedded database works in this very event loop, which long groups would stall.
const DEFAULTS = {
  postgres: { transactions: 2, groupMax: 1000 },
  pglite: { transactions: 1, groupMax: 64 },
} as const;
const DEFAULT_WAITING_MAX = 20_000;

/** Opens the write path over a database. */
export function createPoolWriter(options: PoolWriterOptions): PoolWriter {
  const { database, onCommitted, onError, lanes: laneCount = 1, waitingMax = DEFAULT_WAITING_MAX } = options;
  const { transactions = DEFAULTS[database.engine].transactions } = options;
  const { groupMax = DEFAULTS[database.engine].groupMax } = options;
  const memory = new Memory();
  const fairShare = Math.ceil(groupMax / 4);
  const lanes = Array.from(
    { length: laneCount },
    () => new Lane({ database, memory, groupMax, fairShare, transactions, onCommitted, onError }),
  );
  let closed = false;

  return {
    async submit(commands) {
      const waiting = lanes.reduce((sum, lane) => sum + lane.waiting, 0);
      if (closed || waiting + commands.length > waitingMax) {
        throw new ServiceError("overloaded", "too much is waiting: try again soon", { retryAfterSeconds: 1 });
      }
      return new Promise((resolve) => {
        const outcomes = new Array<Outcome>(commands.length);
        let open = commands.length;
        if (open === 0) resolve(outcomes);
        commands.forEach((command, index) => {
          lanes[laneOf(command.customerId, laneCount)]?.add({
            command,
            settle: (outcome) => {
              outcomes[index] = outcome;
              open -= 1;
              if (open === 0) resolve(outcomes);
            },
          });
        });
      });
    },
    async close() {
      closed = true;
      await Promise.all(lanes.map((lane) => lane.idle()));
    },
  };
}
